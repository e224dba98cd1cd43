/** What a build needs, read before anything is declared, so that what is wrong with it stops the program first. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { getStack, log, type Output, RunError, secret } from "@pulumi/pulumi";
import { configurationError } from "../../lib/configuration-problems.ts";
import { stageContext } from "../../lib/staged-context.ts";
import type { Configuration, PartOf } from "../config.ts";
import { dockerfilePath, inProject } from "../paths.ts";
import { imageTag } from "./image-tag.ts";

/** Names of files that hold a secret. */
const SECRET_NAME = /^(\.env(\.(?!example|sample|template)\w+)?|\.netrc|\.pypirc|\.git-credentials|id_(rsa|ed25519))$/;

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
  for (const { path } of staged.files.filter(({ path }) => SECRET_NAME.test(basename(path))))
    log.warn(`${path} looks like a secret and becomes part of the image. If it should not, add it to .dockerignore.`);
  return {
    tag: imageTag(staged, image),
    location: `../${folder}/context`,
    dockerfile: `../${folder}/Dockerfile`,
    secrets: await buildSecrets(image.secrets),
  };
}

async function buildSecrets(sources: PartOf<"image">["secrets"]): Promise<Record<string, Output<string>>> {
  const secrets: Record<string, Output<string>> = {};
  for (const [id, { file, variable }] of Object.entries(sources))
    secrets[id] = secret(file ? await readFile(inProject(file), "utf8") : (process.env[variable ?? ""] ?? ""));
  return secrets;
}
