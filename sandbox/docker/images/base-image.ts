/** Which image the project's Dockerfile starts from. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const DOCKERFILE = join(import.meta.dirname, "../../../Dockerfile");

/** The default of the Dockerfile's base image argument; undefined when the file names none. */
export async function defaultBaseImage(dockerfile: string = DOCKERFILE): Promise<string | undefined> {
  const text = await readFile(dockerfile, "utf8").catch(() => "");
  return /^ARG\s+PYTHON_IMAGE=(\S+)\s*$/m.exec(text)?.[1];
}
