/** Builds and pushes with buildah, which needs no engine. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isLoopback, registryOf } from "../../../providers/kit/image-reference.ts";
import { buildFailure, pushFailure } from "../failure.ts";
import { CommandFailure, call, type Tool } from "../system/command.ts";
import { type Build, buildArguments } from "./arguments.ts";
import { withLogins } from "./login.ts";
import type { PushedImage } from "./request.ts";

/** Docker's image format keeps the health check, which OCI's has no place for. */
const BUILD = ["build", "--format", "docker", "--layers", "--isolation", "chroot", "--retry", "1"];

/**
 * Builds, then pushes every tag.
 * @throws Error for people (see `failure.ts`), or the signal's reason.
 */
export async function buildahBuildAndPush(build: Build): Promise<PushedImage> {
  const { request, settings, env } = build;
  return withLogins(request.registries, settings.clientPlugins, async (configFolder) => {
    const buildah: Tool = { program: settings.program, args: settings.args, env };
    const options = { signal: request.signal, onLine: request.onLog };
    try {
      await call(buildah, [...BUILD, ...buildArguments(build)], options);
    } catch (error) {
      throw error instanceof CommandFailure ? buildFailure(error) : error;
    }
    const digestFile = join(configFolder, "digest");
    for (const tag of request.tags) {
      const access = ["--authfile", join(configFolder, "config.json"), ...tlsArguments(tag)];
      try {
        await call(buildah, ["push", ...access, "--format", "v2s2", "--digestfile", digestFile, tag], options);
      } catch (error) {
        throw error instanceof CommandFailure ? pushFailure(error, tag, request.registries) : error;
      }
    }
    return { digest: (await readFile(digestFile, "utf8")).trim() };
  });
}

/** Docker speaks plain HTTP to registries on loopback by itself; buildah is told to. */
export function tlsArguments(image: string): string[] {
  return isLoopback(registryOf(image)) ? ["--tls-verify=false"] : [];
}
