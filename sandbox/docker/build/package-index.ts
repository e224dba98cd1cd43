/** How this machine's pip reaches its package index, for pip inside a build: two optional build secrets. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { call } from "../system/command.ts";
import { exists } from "../system/exists.ts";

/** Settings that mean the same inside a container. The others name paths of this machine, or are about its user. */
const SETTINGS = ["index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "default-timeout", "retries"];

/** Where the Dockerfile puts the secret `ca_certs`: the system's list of authorities on Debian. */
const AUTHORITIES_IN_BUILD = "/etc/ssl/certs/ca-certificates.crt";

/** Variables that name a file of certificate authorities, by how near they are to pip. */
const AUTHORITY_VARIABLES = ["PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"];
/** Where Debian, Fedora and macOS keep the system's list. */
const SYSTEM_AUTHORITIES = [AUTHORITIES_IN_BUILD, "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/**
 * Writes pip's configuration for a build into the folder.
 * @returns the files of the build secrets `pip_conf` and `ca_certs`, by id.
 */
export async function packageIndexSecrets(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const settings = await pipSettings(env);
  const authorities = await firstExisting([
    settings.get("cert"),
    ...AUTHORITY_VARIABLES.map((name) => env[name]),
    ...SYSTEM_AUTHORITIES,
  ]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pipConf = join(folder, "pip.conf");
  await writeFile(pipConf, pipConfiguration(settings, authorities !== undefined), { mode: 0o600 });
  return { pip_conf: pipConf, ...(authorities && { ca_certs: authorities }) };
}

/** The text of pip.conf inside the build. */
export function pipConfiguration(settings: ReadonlyMap<string, string>, withAuthorities: boolean): string {
  const lines = SETTINGS.flatMap((name) => {
    const value = settings.get(name);
    return value === undefined ? [] : [`${name} = ${value.replaceAll("\n", "\n    ")}`];
  });
  return ["[global]", ...(withAuthorities ? [`cert = ${AUTHORITIES_IN_BUILD}`] : []), ...lines, ""].join("\n");
}

/** Reads what `pip config list` prints: files first, the PIP_* variables, which win, last. */
export function parsePipSettings(list: string): Map<string, string> {
  const settings = new Map<string, string>();
  const order = ["global", "install", ":env:"];
  for (const section of order) {
    for (const line of list.split("\n")) {
      const [, where, name, quoted] = /^(global|install|:env:)\.([\w-]+)=(.*)$/.exec(line) ?? [];
      if (where === section && name && quoted !== undefined) settings.set(name, unquote(quoted));
    }
  }
  return settings;
}

/** What pip answered in this process, by the environment that it was asked in: its start takes longer than a service's. */
const answered = new Map<string, Promise<Map<string, string>>>();

/** The machine's settings; those of the PIP_* variables alone where pip is not installed. */
function pipSettings(env: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const key = JSON.stringify(env);
  const settings = answered.get(key) ?? askPip(env);
  answered.set(key, settings);
  return settings;
}

async function askPip(env: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  for (const [program, ...args] of [["pip"], ["pip3"], ["python3", "-m", "pip"]] as const) {
    const result = await call({ program, args, env }, ["config", "list"]).catch(() => undefined);
    if (result) return parsePipSettings(result.stdout);
  }
  const variables = Object.entries(env).flatMap(([name, value]) => {
    const setting = /^PIP_(\w+)$/.exec(name)?.[1]?.toLowerCase().replaceAll("_", "-");
    return setting ? ([[setting, value]] as const) : [];
  });
  return new Map(variables);
}

/** pip prints values as Python's string literals. */
function unquote(literal: string): string {
  return literal
    .replace(/^(['"])(.*)\1$/, "$2")
    .replaceAll("\\n", "\n")
    .replace(/\\(.)/g, "$1")
    .trim();
}

async function firstExisting(files: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const file of files) {
    if (file && (await exists(file))) return file;
  }
  return undefined;
}
