/** The builder that the docker-build plugin takes, chosen beside the user's own choice. */
import { createHash } from "node:crypto";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../write-whole.ts";
import { builderFolder, currentBuilder, isBuilderReachable, knownBuilders } from "./builders.ts";
import { makeDockerContext } from "./docker-context.ts";
import { contextInUse, DEFAULT_CONTEXT, DEFAULT_SOCKET, dockerFolder } from "./engine-address.ts";

/** Of a folder of buildx, what is made with the first builder. */
const FOLDERS = ["instances", "defaults", "activity", "refs"];
/** What stays apart: the choice, and the lock of the folder. */
const OWN = ["current", ".lock"];
/** How long a builder may take to be found. */
const REACHABLE_WITHIN_MS = 5_000;

/** For which engine a builder is wanted. */
export interface BuilderRequest {
  readonly env: NodeJS.ProcessEnv;
  /** DOCKER_HOST; the context in use when there is none. */
  readonly host: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * A builder of this machine: the one that is chosen, one that can be reached, or a new one in its own engine, which the
 * plugin starts with the first build.
 * @throws the system's error when one cannot be written; the signal's reason when aborted.
 */
export async function builderHere({ env, host, signal }: BuilderRequest): Promise<string> {
  const inUse = await contextInUse(env);
  const engine = host ?? (inUse === DEFAULT_CONTEXT ? DEFAULT_SOCKET : inUse);
  const chosen = await currentBuilder(env, engine);
  if (chosen !== undefined) return chosen;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(REACHABLE_WITHIN_MS)]);
  for (const builder of await knownBuilders(env)) {
    if (await isBuilderReachable(builder, env, patience)) return builder.Name;
  }
  signal.throwIfAborted();
  return makeBuilder(env, host === undefined ? engine : await makeDockerContext(host, env));
}

/** Writes a builder in a container, as `docker buildx create` does. */
async function makeBuilder(env: NodeJS.ProcessEnv, endpoint: string): Promise<string> {
  const name = `delivery-${digestOf(endpoint)}`;
  const instances = join(builderFolder(env), "instances");
  await mkdir(instances, { recursive: true, mode: 0o700 });
  const node = { Name: `${name}0`, Endpoint: endpoint, Platforms: null, DriverOpts: null, Flags: null, Files: null };
  const builder = { Name: name, Driver: "docker-container", Nodes: [node], Dynamic: false };
  // Whatever lies among the builders is taken for one.
  await writeWhole(join(instances, name), JSON.stringify(builder), { draftFolder: builderFolder(env) });
  return name;
}

/**
 * Makes a folder that stands for buildx's own, shares all with it, and names another builder as the current one: what is
 * chosen for the user's own builds stays as it is.
 * @param engine the address or the context for which the builder is taken.
 * @throws the system's error when the folder cannot be made.
 */
export async function withChosenBuilder(
  env: NodeJS.ProcessEnv,
  engine: string,
  builder: string,
): Promise<{ BUILDX_CONFIG: string }> {
  const users = builderFolder(env);
  const folder = join(dockerFolder(env), "delivery", digestOf(`${users} ${engine}`));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of FOLDERS) await mkdir(join(users, name), { recursive: true, mode: 0o700 });
  const shared = (await readdir(users, { withFileTypes: true })).filter(({ name }) => !OWN.includes(name));
  for (const entry of shared) {
    const link = symlink(join(users, entry.name), join(folder, entry.name), entry.isDirectory() ? "junction" : "file");
    await link.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  await writeWhole(join(folder, "current"), JSON.stringify({ Key: engine, Name: builder, Global: true }));
  return { BUILDX_CONFIG: folder };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
