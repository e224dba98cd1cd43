/** What a build needs, read before anything is declared, so that what is wrong with it stops the program first. */
import { readFile } from "node:fs/promises";
import { getStack, log, type Output, secret } from "@pulumi/pulumi";
import type { Configuration, PartOf } from "../config.ts";
import { dockerfilePath, inProject } from "../paths.ts";
import { configurationError } from "../problems.ts";
import { stageContext } from "./staged-context.ts";

/** A context that is ready to be built. */
export interface BuildContext {
  readonly tag: string;
  /** Folder of the context and path of the Dockerfile, as the build's plugin sees them: from the program's folder. */
  readonly location: string;
  readonly dockerfile: string;
  /** BuildKit secrets by id. */
  readonly secrets: Readonly<Record<string, Output<string>>>;
}

/**
 * Stages the application and reads the build's secrets; undefined when the image is `off`.
 * @throws RunError when there is nothing to build.
 */
export async function readBuildContext(configuration: Configuration): Promise<BuildContext | undefined> {
  const { application, image } = configuration;
  if (!image) return undefined;
  // The plugin compares paths as strings: relative, and always the same for this stack.
  const folder = `.delivery/${getStack()}`;
  const source = inProject(application.path);
  const dockerfile = dockerfilePath(application, image);
  const staged = await stageContext({ source, dockerfile, folder: inProject(folder), settings: image });
  if (staged.files.length === 0) {
    const mend = "Check the folder, and what .dockerignore leaves of it.";
    throw configurationError(getStack(), [
      { key: "delivery:application.path", problem: `holds no file: ${source}`, mend },
    ]);
  }
  for (const path of staged.suspicious)
    log.warn(`${path} looks like a secret and is part of the image. If it should not be, add it to .dockerignore.`);
  const secrets = await buildSecrets(image.secrets);
  return { tag: staged.tag, location: `../${folder}/context`, dockerfile: `../${folder}/Dockerfile`, secrets };
}

async function buildSecrets(sources: PartOf<"image">["secrets"]): Promise<Record<string, Output<string>>> {
  const secrets: Record<string, Output<string>> = {};
  for (const [id, { file, variable }] of Object.entries(sources))
    secrets[id] = secret(file ? await readFile(inProject(file), "utf8") : (process.env[variable ?? ""] ?? ""));
  return secrets;
}
