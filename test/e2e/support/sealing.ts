/** Sealed previews in end-to-end tests: run as a pull request's job runs them, and what a snapshot must not hold. */
import { createHash, createHmac } from "node:crypto";
import { mkdtemp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { execa, execaSync } from "execa";
import type { RunResult } from "../../../cli/child-process.ts";
import type { JsonObject } from "../../../cli/seal/secret-value.ts";
import { projectRoot } from "../../../sandbox/paths.ts";
import { formsOf } from "./canaries.ts";
import type { DeliveryWorld } from "./delivery.ts";

/** Runs a command where no network is but loopback; an empty list where the system does not allow that. */
const ISOLATED = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];

/** What a machine has that knows nothing of the stack. */
const MACHINE = ["PATH", "HOME", "LANG", "NODE_COMPILE_CACHE"];
const PLUGINS = ["PULUMI_HOME", "PULUMI_IGNORE_AMBIENT_PLUGINS", "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"];

/**
 * Runs `delivery preview --sealed --json` with no token, no passphrase and, where the system allows it, no network. Fails
 * when it leaves anything behind.
 * @param stackFile the stack's file as the branch has it.
 */
export async function sealedPreview(world: DeliveryWorld, snapshot: string, stackFile: string): Promise<RunResult> {
  const { env, engine } = world.home;
  const taken = [...MACHINE, ...PLUGINS].flatMap((name) =>
    env[name] === undefined ? [] : [[name, env[name]] as const],
  );
  const command = [
    process.execPath,
    join(projectRoot, "cli", "delivery.js"),
    "preview",
    "--sealed",
    snapshot,
    "--json",
  ];
  const temporary = await mkdtemp(join(world.projectDir, "..", "temporary-"));
  const [file = "", ...args] = [...(isolates() ? ISOLATED : []), ...command];
  const { exitCode, stdout, stderr } = await execa(file, args, {
    cwd: world.projectDir,
    env: {
      ...Object.fromEntries(taken),
      PATH: `${engine.binDir}:${env["PATH"]}`,
      PULUMI_OPTION_CONFIG_FILE: stackFile,
      TMPDIR: temporary,
    },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
  });
  const left = await leftBy(temporary);
  if (left.length > 0) throw new Error(`a sealed preview has left ${left.join(", ")}`);
  return { code: exitCode ?? 1, stdout, stderr };
}

/** What commands of `delivery` have left in a folder for temporary files. */
export async function leftBy(temporary: string): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => name.startsWith("delivery-"));
}

function isolates(): boolean {
  return execaSync("unshare", ["-rn", "ip", "link", "set", "lo", "up"], { reject: false }).exitCode === 0;
}

/** What a report says, without how it was made. */
export function contentOf({ stdout, stderr }: RunResult): JsonObject {
  if (stdout === "") throw new Error(`there is no report:\n${stderr}`);
  const { durationSeconds: _, sealed: __, ...content } = JSON.parse(stdout);
  return content;
}

/** The first text by which one of the secrets could be read or guessed in the snapshot; undefined when there is none. */
export function firstGiveaway(snapshot: string, secrets: readonly string[]): string | undefined {
  const texts = [...new Set(textsIn(JSON.parse(snapshot)))];
  const everything = [snapshot, ...texts].join("\n");
  const folded = everything.toLowerCase();
  const words = new Set([...everything.matchAll(/[\w+/-]{20,}/g)].flatMap(([word]) => [word, word.toLowerCase()]));
  // Whatever is stored may be a salt or a key.
  const stored = texts.filter((text) => text.length <= 200);
  for (const secret of secrets) {
    const found =
      plainForms(secret).find((form) => everything.includes(form) || folded.includes(form.toLowerCase())) ??
      stored.flatMap((salt) => saltedForms(secret, salt)).find((form) => words.has(form));
    if (found !== undefined) return `${found} of ${secret}`;
  }
  return undefined;
}

function plainForms(secret: string): string[] {
  const digests = ["md5", "sha1", "sha256", "sha512"].map((algorithm) => createHash(algorithm).update(secret).digest());
  return [...formsOf(secret).map(({ text }) => text), ...digests.flatMap(both)];
}

function saltedForms(secret: string, salt: string): string[] {
  const salted = [`${salt}${secret}`, `${secret}${salt}`].map((text) => createHash("sha256").update(text).digest());
  return [...salted, createHmac("sha256", salt).update(secret).digest()].flatMap(both);
}

const hex = (bytes: Buffer): string => bytes.toString("hex");
const both = (digest: Buffer): string[] => [hex(digest), digest.toString("base64").replace(/=+$/, "")];

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value, ...textsIn(jsonOf(value))];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? undefined : value;
  } catch {
    return undefined;
  }
}
