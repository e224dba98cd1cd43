/** Builds an image and pushes it. Runs in the process of the offline docker-build plugin too, so it stays light. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildahBuildAndPush } from "./build/buildah-build.ts";
import { builderSettings } from "./build/builder-settings.ts";
import { dockerBuildAndPush } from "./build/docker-build.ts";
import type { BuildRequest, PushedImage } from "./build/request.ts";
import { exists } from "./system/exists.ts";

export type { BuildRequest, PushedImage, RegistryLogin } from "./build/request.ts";

/**
 * Builds the request's context and pushes it under every tag, with logins that live for this call only.
 * @param environment as an open sandbox describes it (`ContainerWorld.env`); a docker client on PATH otherwise.
 * @returns the digest of the pushed manifest.
 * @throws Error naming the failed step with its last lines, the base image, the registry or the missing engine;
 *   the signal's reason when aborted, after the tools have ended.
 */
export async function buildAndPush(request: BuildRequest, environment: NodeJS.ProcessEnv): Promise<PushedImage> {
  if (request.tags.length === 0) throw new Error("An image to push needs at least one tag.");
  if (request.platforms.length > 1) {
    throw new Error(`The sandbox builds for one platform at a time, not for ${request.platforms.join(" and ")}.`);
  }
  if (!(await exists(request.dockerfile))) throw new Error(`There is no Dockerfile at ${request.dockerfile}.`);
  if (!(await exists(request.contextDir))) throw new Error(`There is no build context at ${request.contextDir}.`);
  const settings = builderSettings(environment);
  const env = { ...definedOnly(environment), ...settings.env };
  const build = settings.tool === "docker" ? dockerBuildAndPush : buildahBuildAndPush;
  return withSecretFiles(request.secrets, (files) =>
    build({ request, settings, env, secretFiles: { ...settings.secretFiles, ...files } }),
  );
}

/** Runs `work` with the secrets in files that only this user can read, and removes them. */
async function withSecretFiles<T>(
  secrets: Readonly<Record<string, string>>,
  work: (files: Record<string, string>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-secrets-"));
  try {
    const files: Record<string, string> = {};
    for (const [index, [id, content]] of Object.entries(secrets).entries()) {
      files[id] = join(folder, String(index));
      await writeFile(files[id], content, { mode: 0o600 });
    }
    return await work(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
