/** Chooses the container engine. */
import type { ContainerEngineKind, Engine, EngineOption, EngineRequest } from "./engine.ts";

/**
 * Opens the first option that can be had, or the forced one.
 * @throws Error that says for each option why it cannot be had, and what to do; the signal's reason when aborted.
 */
export async function chooseEngine(
  options: readonly EngineOption[],
  request: EngineRequest,
  forced?: ContainerEngineKind,
): Promise<Engine> {
  const reasons: string[] = [];
  for (const option of options.filter(({ kind }) => forced === undefined || kind === forced)) {
    request.signal?.throwIfAborted();
    try {
      return await option.open(request);
    } catch (error) {
      // Ctrl-C on a terminal ends the programs that an engine is opened with, too, which would look like a failure.
      request.signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(`- ${option.title} (${option.kind}): ${reason.replaceAll("\n", "\n  ")}`);
    }
  }
  throw new Error(
    [
      forced ? "The chosen container engine cannot be used:" : "No container engine can be used on this machine:",
      ...reasons,
      "Next step: install Docker, start it, and check that `docker info` answers; or run as root on Debian 12 or newer, " +
        "where the sandbox starts an engine of its own.",
    ].join("\n"),
  );
}

/**
 * Reads a forced engine from its environment variable.
 * @throws Error when the variable holds none of the kinds.
 */
export function engineFromEnvironment(environment: NodeJS.ProcessEnv): ContainerEngineKind | undefined {
  const value = environment["SANDBOX_CONTAINER_ENGINE"];
  if (!value) return undefined;
  const kinds: readonly ContainerEngineKind[] = ["machine", "private", "buildah"];
  const kind = kinds.find((candidate) => candidate === value);
  if (!kind) throw new Error(`SANDBOX_CONTAINER_ENGINE is "${value}". Set it to one of: ${kinds.join(", ")}.`);
  return kind;
}
