/** Where Docker's own command line would look for an engine ("Docker contexts"). */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** The context of an address that has no name. */
export const DEFAULT_CONTEXT = "default";
/** Where an engine listens when nothing is said. */
export const DEFAULT_SOCKET = "unix:///var/run/docker.sock";

const cliConfig = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/** The folder of Docker's configuration. */
export function dockerFolder(env: NodeJS.ProcessEnv): string {
  return env["DOCKER_CONFIG"] || join(env["HOME"] || homedir(), ".docker");
}

/** The address of the engine that a command would use: DOCKER_HOST, DOCKER_CONTEXT, the context that is in use, the default. */
export async function dockerEngine(env: NodeJS.ProcessEnv): Promise<string> {
  if (env["DOCKER_HOST"]) return env["DOCKER_HOST"];
  return engineOfContext(await contextInUse(env), env);
}

/** The name of the context in use where DOCKER_HOST does not come first. */
export async function contextInUse(env: NodeJS.ProcessEnv): Promise<string> {
  const config = await readJson(join(dockerFolder(env), "config.json"), cliConfig);
  return env["DOCKER_CONTEXT"] || config?.currentContext || DEFAULT_CONTEXT;
}

/** The address of a context's engine; of one that is not known, the default. */
export async function engineOfContext(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  if (name === DEFAULT_CONTEXT) return env["DOCKER_HOST"] || DEFAULT_SOCKET;
  const folder = createHash("sha256").update(name).digest("hex");
  const meta = await readJson(join(dockerFolder(env), "contexts", "meta", folder, "meta.json"), contextMeta);
  return meta?.Endpoints.docker.Host ?? DEFAULT_SOCKET;
}

/** A JSON file of this shape; undefined when it is not there, or of another. */
export async function readJson<Content>(path: string, shape: z.ZodType<Content>): Promise<Content | undefined> {
  try {
    return shape.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch {
    return undefined;
  }
}
