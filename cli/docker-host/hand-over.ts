/**
 * Hands the address of a Docker engine to the docker-build plugin by another way than DOCKER_HOST. The plugin takes that
 * variable into the inputs of its provider, and another value, or none, replaces the image; so the Pulumi CLI sees what
 * stands in the state, and the plugin finds the engine by a Docker context and the builders of this machine.
 */
import { UserError } from "../user-error.ts";
import { currentBuilder } from "./builders.ts";
import { type BuilderRequest, builderHere, withChosenBuilder } from "./chosen-builder.ts";
import { makeDockerContext } from "./docker-context.ts";

/** Variables that say where a Docker engine is. */
const ADDRESS_VARIABLES = ["DOCKER_HOST", "DOCKER_TLS", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"];

/** What the address is needed for. */
export interface HandOver {
  /** The DOCKER_HOST that stands in the state, when one does. */
  readonly recorded: string | undefined;
  /** Whether an image may be built: then a folder that cannot be written is an error. */
  readonly builds: boolean;
  readonly signal: AbortSignal;
}

/**
 * The environment for the Pulumi CLI.
 * @param env what the user has set.
 * @throws UserError when an image may be built and Docker's folder cannot be written; the signal's reason when aborted.
 */
export async function handOverDockerHost(
  env: Readonly<Record<string, string>>,
  { recorded, builds, signal }: HandOver,
): Promise<Record<string, string>> {
  const host = env["DOCKER_HOST"] || undefined;
  if (host === recorded) return { ...env };
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !ADDRESS_VARIABLES.includes(name)));
  const kept = recorded === undefined ? rest : { ...rest, DOCKER_HOST: recorded };
  try {
    const found =
      recorded === undefined ? await byContext(env, host ?? "") : await byBuilder(recorded, { env, host, signal });
    return { ...kept, ...found };
  } catch (error) {
    signal.throwIfAborted();
    if (!builds) return kept;
    throw new UserError(
      `The Docker engine ${host ?? "of this machine"} cannot be handed to the docker-build plugin: ${(error as Error).message}.`,
      "Name a folder of this user's in DOCKER_CONFIG; Docker contexts and builders are kept there.",
      { cause: error },
    );
  }
}

/** A context names the engine. The builder that was chosen for its address is chosen for its name, too. */
async function byContext(env: NodeJS.ProcessEnv, host: string): Promise<Record<string, string>> {
  const context = await makeDockerContext(host, env);
  const builder = await currentBuilder(env, host);
  const chosen = builder === undefined ? {} : await withChosenBuilder(env, context, builder);
  return { DOCKER_CONTEXT: context, ...chosen };
}

/** An address in the state wins over every context, so the plugin is given a builder, which it takes before it looks. */
async function byBuilder(recorded: string, request: BuilderRequest): Promise<Record<string, string>> {
  return withChosenBuilder(request.env, recorded, await builderHere(request));
}
