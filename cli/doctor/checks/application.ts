/** The application's files: what its image is made of, and what will mostly not work. */

import type { Configuration } from "../../../infra/config.ts";
import { deliveryOf } from "../../../infra/delivery.ts";
import type { Check } from "../check.ts";
import type { Facts } from "../facts.ts";
import { notChecked, ok, warn } from "../finding.ts";

/** Both look at the files also while the configuration has problems, so that everything is told in one round. */
const needs = ["engine", "secrets"];

function draftOf({ draft }: Facts): Configuration {
  if (!draft) throw new Error("The configuration is not known.");
  return draft;
}

export const application: Check = {
  id: "application",
  area: "Here",
  title: "application",
  asks: "Reads the application's files and its Dockerfile: package tool, server, settings, Python; of a Dockerfile of the team's own its port, command and collectstatic.",
  finds:
    "What will mostly not work, such as settings that refuse Render's name for the site. What is missing for certain is a problem of the configuration.",
  needs,
  applies: ({ draft }) =>
    draft?.image !== undefined && deliveryOf(draft.image).builtBy !== "others" && draft.declares !== "shared",
  async run({ facts }) {
    const { applicationFindings } = await import("../../../infra/application/findings.ts");
    const { applicationSummary } = await import("../../../infra/application/summary.ts");
    const configuration = draftOf(facts);
    const summary = applicationSummary(configuration);
    if (summary === undefined) return notChecked("there is no Dockerfile to build");
    const { warnings } = applicationFindings(configuration);
    return [ok(summary), ...warnings.map(({ key, problem, mend }) => warn(`${key} ${problem}`, mend))];
  },
};

export const imageFiles: Check = {
  id: "image-files",
  area: "Here",
  title: "files of the image",
  asks: "Walks and reads the application's folder as the build does, by its ignore file and what git tracks.",
  finds:
    "Secrets that are left out or go into the image, files that git ignores and the image holds, lines that end in CRLF, a file that cannot be read.",
  needs,
  applies: ({ draft }) =>
    draft?.image !== undefined && deliveryOf(draft.image).builtBy === "program" && draft.declares !== "shared",
  async run({ facts }) {
    const { imageFindings } = await import("../../../infra/environment/context-findings.ts");
    const { notes, warnings } = await imageFindings(draftOf(facts));
    if (notes.length + warnings.length === 0)
      return ok("nothing that looks like a secret, and nothing that git ignores");
    return [...notes.map((note) => ok(note)), ...warnings.map(({ found, mend }) => warn(found, mend))];
  },
};
