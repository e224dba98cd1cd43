/** A part of the table of faults of Render's resources; `npm run faults` runs it whole. */
import { renderSubjects, startTableWorld } from "../faults/providers/render.ts";
import { describeTable } from "../faults/providers/sample.ts";

describeTable("render", renderSubjects, startTableWorld);
