/** Tells what is worth knowing of the files that go into the image. */
import { existsSync } from "node:fs";
import { log } from "@pulumi/pulumi";
import { type FindingsText, findingsText } from "../../lib/context/findings-text.ts";
import { contextFindings } from "../../lib/context/look-through.ts";
import { dockerfilePath } from "../../lib/dockerfile.ts";
import { inProject } from "../../lib/project-folder.ts";
import type { Configuration } from "../config.ts";
import { deliveryOf } from "../delivery.ts";

/**
 * The findings where this machine builds the image, read without staging anything; none where there is nothing to build.
 * @throws the system's error when a file cannot be read, and an Error for an ignore file that is not valid.
 */
export async function imageFindings(configuration: Configuration): Promise<FindingsText> {
  const { application, declares, image } = configuration;
  const [source, dockerfile] = [inProject(application.path), dockerfilePath(configuration)];
  const builds = image && deliveryOf(image).builtBy === "program" && declares !== "shared";
  if (!builds || !existsSync(source) || !existsSync(dockerfile)) return { notes: [], warnings: [] };
  return findingsText(await contextFindings(source, dockerfile));
}

/** Puts them on the run's log. */
export function logFindings({ notes, warnings }: FindingsText): void {
  for (const note of notes) log.info(note);
  for (const { found, mend } of warnings) log.warn(`${found} ${mend}`);
}
