/** A docker client's configuration that lives for one piece of work, so that no login is ever kept. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegistryLogin } from "./request.ts";

/**
 * Runs `work` with a folder that holds these logins, readable by this user alone, and removes the folder.
 * @param clientPlugins folders where the client finds its plugins, as its usual configuration is out of sight.
 */
export async function withLogins<T>(
  logins: readonly RegistryLogin[],
  clientPlugins: readonly string[],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-login-"));
  try {
    await writeFile(join(folder, "config.json"), clientConfiguration(logins, clientPlugins), { mode: 0o600 });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The client's config.json, as the docker command line's reference describes it. */
export function clientConfiguration(logins: readonly RegistryLogin[], clientPlugins: readonly string[]): string {
  const auths = logins.map(({ address, username, password }) => [
    address,
    { auth: Buffer.from(`${username}:${password}`).toString("base64") },
  ]);
  return JSON.stringify({ auths: Object.fromEntries(auths), cliPluginsExtraDirs: clientPlugins });
}
