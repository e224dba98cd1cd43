/** The stack's file: which settings are secret, and the same settings with placeholders. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { stackFilePath } from "../state/stack-file.ts";
import { UserError } from "../user-error.ts";
import { placeholders } from "./placeholder.ts";
import { at, isObject, type JsonObject, type Path, pathText } from "./secret-value.ts";
import type { SecretSetting } from "./snapshot.ts";

/** Settings as the file has them; an encrypted one is `{ secure: <ciphertext> }`. */
export interface StackSettings {
  readonly config: Readonly<Record<string, unknown>>;
}

/** An encrypted setting. */
export interface EncryptedSetting {
  readonly path: Path;
  readonly ciphertext: string;
}

const stackSchema = z.object({
  config: z.record(z.string(), z.unknown()).nullish(),
  environment: z.unknown().optional(),
});

/**
 * Reads the stack's file as the engine finds it: the one that PULUMI_OPTION_CONFIG_FILE names, else the project's.
 * @throws UserError when it is not there, cannot be read, or takes settings from elsewhere.
 */
export async function readStackSettings(folder: string, stack: string, env: NodeJS.ProcessEnv): Promise<StackSettings> {
  await projectOf(folder);
  const path = await stackFilePath(folder, stack, env);
  const file = relative(folder, path);
  if (!existsSync(path))
    throw new UserError(`${file} is not there.`, `Run this where the file of the stack ${stack} is.`);
  const parsed = stackSchema.safeParse(yamlOf(await readFile(path, "utf8")) ?? {});
  if (!parsed.success) throw new UserError(`${file} is no stack's file.`, "Mend it: `pulumi config` has to read it.");
  if (parsed.data.environment !== undefined)
    throw new UserError(
      `${file} takes settings from Pulumi ESC, which a sealed preview cannot ask.`,
      "Preview this stack with its secrets, or move those settings into the file.",
    );
  return { config: parsed.data.config ?? {} };
}

const projectSchema = z.object({ name: z.string() });

/** The project in a folder. Throws UserError when there is none. */
export async function projectOf(folder: string): Promise<z.output<typeof projectSchema>> {
  const text = await readFile(join(folder, "Pulumi.yaml"), "utf8").catch(() => "");
  const parsed = projectSchema.safeParse(yamlOf(text));
  if (parsed.success) return parsed.data;
  throw new UserError(
    `There is no Pulumi.yaml with a name in ${folder}.`,
    "Run this in the folder of the Pulumi project.",
  );
}

/** A text that is no YAML is no settings either. */
function yamlOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? text : document.toJS();
}

/** What is encrypted in the settings. */
export function encryptedSettings({ config }: StackSettings): EncryptedSetting[] {
  const within = (value: unknown, path: Path): EncryptedSetting[] => {
    if (Array.isArray(value)) return value.flatMap((item, index) => within(item, [...path, index]));
    if (!isObject(value)) return [];
    if (isEncrypted(value)) return [{ path, ciphertext: value.secure }];
    return Object.entries(value).flatMap(([name, inner]) => within(inner, [...path, name]));
  };
  return within(config, []);
}

/** What is left in the snapshot of a ciphertext: enough to know it again. */
export function digestOf(ciphertext: string): string {
  return createHash("sha256").update(ciphertext).digest("hex");
}

/** The settings with nothing where something is encrypted. */
export function plainSettings({ config }: StackSettings): Record<string, unknown> {
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within);
    if (!isObject(value)) return value;
    if (isEncrypted(value)) return "";
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, within(inner)]));
  };
  return within(config) as Record<string, unknown>;
}

function isEncrypted(value: JsonObject): value is { readonly secure: string } {
  return typeof value["secure"] === "string" && Object.keys(value).length === 1;
}

/**
 * What stands for an encrypted setting: the placeholder of its value when it is known, else one of the shape that the
 * setting had; a setting that is new is a word.
 */
export function placeholderOf({ path, ciphertext }: EncryptedSetting, known: readonly SecretSetting[]): string {
  const digest = digestOf(ciphertext);
  const same = known.find((setting) => setting.ciphertext === digest);
  if (same) return same.placeholder;
  const before = known.find((setting) => pathText(setting.path) === pathText(path));
  // The same for each preview of a branch, so that its report does not change by itself.
  return placeholders(Buffer.from(digest))(before?.placeholder ?? `new ${digest}`) as string;
}

const shownSchema = z.record(
  z.string(),
  z.object({ value: z.string().optional(), objectValue: z.unknown().optional() }),
);

/** The decrypted value of each encrypted setting, from the output of `pulumi config --show-secrets --json`. */
export function decryptedSettings(settings: readonly EncryptedSetting[], output: string): string[] {
  const shown = shownSchema.parse(JSON.parse(output));
  return settings.map(({ path: [key, ...rest] }) => {
    const { value, objectValue } = shown[String(key)] ?? {};
    const found = rest.length === 0 ? value : at(objectValue, rest);
    if (found === undefined) throw new Error(`The engine shows no value of the setting ${key}.`);
    return String(found);
  });
}

/** A path as `pulumi config set --path` takes it. */
export function configPath([key = "", ...rest]: Path): string {
  return `${key}${rest.map((name) => (typeof name === "number" ? `[${name}]` : `["${name.replaceAll(/["\\]/g, "\\$&")}"]`)).join("")}`;
}
