/** The command line of a build, as docker and buildah both read it. */
import { resolve } from "node:path";
import type { BuilderSettings } from "./builder-settings.ts";
import type { BuildRequest } from "./request.ts";

/** A build with all that its tool needs to know. */
export interface Build {
  readonly request: BuildRequest;
  readonly settings: BuilderSettings;
  /** The whole environment of the tool. */
  readonly env: Readonly<Record<string, string>>;
  /** Files that hold the build's secrets, by id. */
  readonly secretFiles: Readonly<Record<string, string>>;
}

const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"];

/** Options and context that follow the tool's own `build` options. */
export function buildArguments({ request, settings, env, secretFiles }: Build): string[] {
  return [
    ...["--file", resolve(request.dockerfile)],
    ...(settings.network ? ["--network", settings.network] : []),
    ...request.platforms.flatMap((platform) => ["--platform", platform]),
    ...(request.target ? ["--target", request.target] : []),
    ...request.tags.flatMap((tag) => ["--tag", tag]),
    ...pairs("--build-arg", request.buildArgs),
    ...proxyArguments(env),
    ...pairs("--label", request.labels ?? {}),
    ...Object.entries(secretFiles).flatMap(([id, file]) => ["--secret", `id=${id},src=${file}`]),
    resolve(request.contextDir),
  ];
}

function pairs(flag: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}

/**
 * The machine's proxies, for the build's steps. Only names are given, so that the tool takes the values, which may
 * hold a password, from its environment; they are no part of the image or of a cache key ("Dockerfile reference",
 * predefined ARGs).
 */
function proxyArguments(env: Readonly<Record<string, string>>): string[] {
  const names = PROXY_VARIABLES.flatMap((name) => [name, name.toLowerCase()]);
  return names.filter((name) => env[name]).flatMap((name) => ["--build-arg", name]);
}
