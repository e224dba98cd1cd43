/** Builds and pushes with a docker client, whose engine builds with BuildKit. */

import { buildFailure, pushFailure } from "../failure.ts";
import { CommandFailure, call, type Tool } from "../system/command.ts";
import { type Build, buildArguments } from "./arguments.ts";
import { withLogins } from "./login.ts";
import type { PushedImage } from "./request.ts";

const DIGEST = /digest: (sha256:[0-9a-f]{64})/;

/**
 * Builds, then pushes every tag.
 * @throws Error for people (see `failure.ts`), or the signal's reason.
 */
export async function dockerBuildAndPush(build: Build): Promise<PushedImage> {
  const { request, settings, env } = build;
  return withLogins(request.registries, settings.clientPlugins, async (configFolder) => {
    const docker: Tool = { program: settings.program, args: [...settings.args, "--config", configFolder], env };
    const options = { signal: request.signal, onLine: request.onLog };
    try {
      await call(docker, ["build", "--progress=plain", ...buildArguments(build)], options);
    } catch (error) {
      throw error instanceof CommandFailure ? buildFailure(error) : error;
    }
    let digest: string | undefined;
    for (const tag of request.tags) {
      try {
        digest = DIGEST.exec((await call(docker, ["push", tag], options)).output)?.[1] ?? digest;
      } catch (error) {
        throw error instanceof CommandFailure ? pushFailure(error, tag, request.registries) : error;
      }
    }
    if (!digest) throw new Error(`The registry did not say which digest it stored for ${request.tags.join(", ")}.`);
    return { digest };
  });
}
