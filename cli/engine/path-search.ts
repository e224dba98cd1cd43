/** Finds an engine that the user installed. */
import { realpath } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { satisfies } from "semver";
import which from "which";
import type { Engine, SearchContext } from "./engine.ts";
import { engineVersion, languageHost } from "./inspect.ts";
import { installInstruction } from "./instructions.ts";
import { ACCEPTED_ENGINES, LANGUAGE_HOST, MINIMUM_ENGINE_VERSION } from "./versions.ts";

/** The npm package's script has the engine's name but only downloads and starts one. */
const NPM_PACKAGE = ["node_modules", "pulumi", ""].join(sep);

/**
 * The first `pulumi` on PATH that is recent enough and has its Node.js language host; undefined when there is none.
 * One that does not do is named, with what is wrong and the next step.
 */
export async function findOnPath(context: SearchContext): Promise<Engine | undefined> {
  const candidates = await which("pulumi", { path: context.env["PATH"] ?? "", all: true, nothrow: true });
  for (const pulumi of new Set(candidates?.map((candidate) => resolve(candidate)))) {
    if ((await realpath(pulumi)).includes(NPM_PACKAGE)) continue;
    const verdict = await judge(pulumi, context);
    if (typeof verdict !== "string") return verdict;
    context.progress.note(`${verdict} Another engine is looked for.`);
  }
  return undefined;
}

/** The engine at this path, or what keeps it from being used. */
async function judge(pulumi: string, context: SearchContext): Promise<Engine | string> {
  try {
    const version = await engineVersion(pulumi, context);
    if (!satisfies(version, ACCEPTED_ENGINES, { includePrerelease: true })) {
      return `${pulumi} is Pulumi ${version.version}; this project needs ${MINIMUM_ENGINE_VERSION} or newer, below 4. To use your own: ${installInstruction()}.`;
    }
    if ((await languageHost(pulumi, context.env)) === undefined) {
      return `${pulumi} has no ${LANGUAGE_HOST} beside it or on PATH, so it cannot run this program. To use your own: ${installInstruction()}.`;
    }
    return { pulumi, binDir: dirname(pulumi), version: version.version, source: "path" };
  } catch (error) {
    context.signal?.throwIfAborted();
    return `${pulumi} cannot be run: ${(error as Error).message}.`;
  }
}
