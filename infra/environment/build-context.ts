/** What a build needs, read before anything is declared, so that what is wrong with it stops the program first. */
import { getStack, log, type Output, RunError } from "@pulumi/pulumi";
import { readBuildSecrets, secretLooking } from "../../lib/build-secrets.ts";
import { configurationError } from "../../lib/configuration-error.ts";
import { contentTag } from "../../lib/content-tag.ts";
import { dockerfilePath } from "../../lib/dockerfile.ts";
import { inProject } from "../../lib/project-folder.ts";
import { stageContext } from "../../lib/staged-context.ts";
import type { Configuration, PartOf } from "../config.ts";

/** A context that is ready to be built. */
export interface BuildContext {
  readonly tag: string;
  /** Folder of the context and path of the Dockerfile, from the program's folder, where the build's plugin runs. */
  readonly location: string;
  readonly dockerfile: string;
  /** BuildKit secrets by id. */
  readonly secrets: Readonly<Record<string, Output<string>>>;
}

/**
 * Stages the application and reads the build's secrets.
 * @throws RunError when there is nothing to build, or a file cannot be read.
 */
export async function readBuildContext(configuration: Configuration, image: PartOf<"image">): Promise<BuildContext> {
  // The plugin compares paths as strings: relative, and always the same for this stack.
  const folder = `.delivery/${getStack()}`;
  const source = inProject(configuration.application.path);
  const dockerfile = dockerfilePath(configuration);
  const staged = await stageContext(source, dockerfile, inProject(folder)).catch((error: Error) => {
    throw new RunError(`The application's files cannot be staged for the build: ${error.message}`);
  });
  if (staged.files.length === 0) {
    const mend = "Check the folder, and what .dockerignore leaves of it.";
    throw configurationError(getStack(), [
      { key: "delivery:application.path", problem: `holds no file: ${source}`, mend },
    ]);
  }
  for (const path of secretLooking(staged.files.map((file) => file.path)))
    log.warn(`${path} looks like a secret and becomes part of the image. If it should not, add it to .dockerignore.`);
  return {
    tag: contentTag(staged, image),
    location: `../${folder}/context`,
    dockerfile: `../${folder}/Dockerfile`,
    secrets: await readBuildSecrets(image.secrets, inProject, process.env),
  };
}
