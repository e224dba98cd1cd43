/** Secrets that a build is given. */
import { readFile } from "node:fs/promises";
import { type Output, secret } from "@pulumi/pulumi";

/** Where a build secret is kept on the machine that builds: in a file or an environment variable. */
export interface BuildSecretSource {
  readonly file?: string | undefined;
  readonly variable?: string | undefined;
}

/** Reads secrets by id. Throws the system's error when a file cannot be read; a missing variable is empty. */
export async function readBuildSecrets(
  sources: Readonly<Record<string, BuildSecretSource>>,
  resolvePath: (path: string) => string,
  environment: NodeJS.ProcessEnv,
): Promise<Record<string, Output<string>>> {
  const secrets: Record<string, Output<string>> = {};
  for (const [id, { file, variable }] of Object.entries(sources))
    secrets[id] = secret(file ? await readFile(resolvePath(file), "utf8") : (environment[variable ?? ""] ?? ""));
  return secrets;
}
