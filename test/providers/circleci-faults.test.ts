/** A part of the table of faults of CircleCI's resources; `npm run faults` runs it whole. */
import { circleciSubjects, startTableWorld } from "../faults/providers/circleci.ts";
import { describeTable } from "../faults/providers/sample.ts";

describeTable("circleci", circleciSubjects, startTableWorld);
