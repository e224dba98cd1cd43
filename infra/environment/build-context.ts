/** What a build needs, read before anything is declared, so that what is wrong with it stops the program first. */
import { getStack, type Output, RunError } from "@pulumi/pulumi";
import { readBuildSecrets } from "../../lib/build-secrets.ts";
import { configurationError } from "../../lib/configuration-error.ts";
import { contentTag } from "../../lib/content-tag.ts";
import { findingsText } from "../../lib/context/findings-text.ts";
import { removeFormerStage } from "../../lib/context/former-stage.ts";
import { stageContext } from "../../lib/context/stage-context.ts";
import { dockerfilePath } from "../../lib/dockerfile.ts";
import { inProject } from "../../lib/project-folder.ts";
import type { Configuration, PartOf } from "../config.ts";
import { logFindings } from "./context-findings.ts";

/** A context that is ready to be built. */
export interface BuildContext {
  readonly tag: string;
  /** Folder of the context and path of the Dockerfile, from the program's folder, where the build's plugin runs. */
  readonly location: string;
  readonly dockerfile: string;
  /** BuildKit secrets by id. */
  readonly secrets: Readonly<Record<string, Output<string>>>;
}

/** Where contexts are staged, each in a folder that is named by its content: two runs at once never share one that differs. */
const STAGED = ".delivery/contexts";

/**
 * Stages the application and reads the build's secrets.
 * @throws RunError when there is nothing to build, or a file cannot be read.
 */
export async function readBuildContext(configuration: Configuration, image: PartOf<"image">): Promise<BuildContext> {
  const source = inProject(configuration.application.path);
  const dockerfile = dockerfilePath(configuration);
  const staged = await stageContext(source, dockerfile, inProject(STAGED)).catch((error: Error) => {
    throw new RunError(`The application's files cannot be staged for the build: ${error.message}`);
  });
  await removeFormerStage(inProject(`.delivery/${getStack()}`));
  if (staged.files.size === 0) {
    const mend = "Check the folder, and what .dockerignore leaves of it.";
    throw configurationError(getStack(), [
      { key: "delivery:application.path", problem: `holds no file: ${source}`, mend },
    ]);
  }
  logFindings(findingsText(staged.findings));
  // The plugin compares paths as strings: relative, and the same for the same content.
  const folder = `../${STAGED}/${staged.folder}`;
  return {
    tag: contentTag(staged.contentHash, image),
    location: `${folder}/context`,
    dockerfile: `${folder}/Dockerfile`,
    secrets: await readBuildSecrets(image.secrets, inProject, process.env),
  };
}
