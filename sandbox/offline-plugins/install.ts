/** Installs the offline editions into the sandbox's own Pulumi home, where the engine looks for plugins. */
import { execFile } from "node:child_process";
import { access, constants, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Edition, editions } from "./editions.ts";

const run = promisify(execFile);

/** Where to install, and with which engine. */
export interface InstallOptions {
  /** Path of the `pulumi` command. */
  readonly pulumi: string;
  /** The engine's home folder. */
  readonly pulumiHome: string;
  /** Environment of the engine. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes every edition known to the engine. What is installed is a script of two lines that starts the edition in this
 * checkout with this Node, so code that changes needs no installing; a checkout or a Node that moved does.
 * @throws Error naming the plugin when the engine refuses it.
 */
export async function installOfflinePlugins(options: InstallOptions): Promise<void> {
  await Promise.all(editions.map((edition) => install(edition, options)));
}

async function install(edition: Edition, options: InstallOptions): Promise<void> {
  const { name, version } = edition;
  const launcher = `pulumi-resource-${name}`;
  const script = starter(join(import.meta.dirname, name, launcher));
  const installed = join(options.pulumiHome, "plugins", `resource-${name}-v${version}`, launcher);
  if (await isExecutableWith(installed, script)) return;
  const folder = await mkdtemp(join(tmpdir(), "offline-plugin-"));
  try {
    await writeFile(join(folder, launcher), script, { mode: 0o755 });
    const args = ["plugin", "install", "resource", name, version, "--file", folder, "--reinstall"];
    await run(options.pulumi, args, { env: { ...options.env, PULUMI_HOME: options.pulumiHome } });
  } catch (error) {
    const reason = error instanceof Error && "stderr" in error && error.stderr ? error.stderr : error;
    throw new Error(`The offline edition of the plugin ${name} ${version} could not be installed: ${reason}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function starter(launcher: string): string {
  // The launcher's own second line says the same; here this Node runs it, and not the one of the PATH.
  const cache = 'NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:+$NODE_COMPILE_CACHE/plugins}"';
  return `#!/bin/sh\n${cache} exec ${quoted(process.execPath)} ${quoted(launcher)} "$@"\n`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

async function isExecutableWith(path: string, content: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await readFile(path, "utf8")) === content;
  } catch {
    return false;
  }
}
