/** The stack's file, as `delivery init` writes it: the engine's own entries and encrypted values stay. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Document, isMap, parseDocument } from "yaml";
import { UserError } from "../user-error.ts";
import { OWNER } from "./questions.ts";

const HEADER = ` What this stack declares. Every key is described in docs/configuration.md.
 The tokens of the services are not here: they come from the environment of whoever runs the engine.`;

/** A stack's file that may be written. */
export interface StackFile {
  readonly path: string;
  /** Who owns the repository, where `pulumi new` has asked for it already. */
  readonly owner: string | undefined;
  /** Whether the engine knows the stack: it has left there how it encrypts. */
  readonly isInitialized: boolean;
  /** Writes the settings, each a key and a value, in the place of those of the chain that are there. */
  write(settings: ReadonlyMap<string, unknown>): Promise<void>;
  /** Whether an encrypted value stands at this path below `delivery:`, and stays. */
  keeps(key: string): boolean;
}

/**
 * Opens the file of a stack, which need not exist.
 * @throws UserError when the folder is no Pulumi project, the file cannot be read, or it configures a chain already and
 * `force` is not given.
 */
export async function openStackFile(folder: string, stack: string, force: boolean): Promise<StackFile> {
  if (!existsSync(join(folder, "Pulumi.yaml")))
    throw new UserError(`There is no Pulumi.yaml in ${folder}.`, "Run this in the folder of the delivery program.");
  const name = `Pulumi.${stack}.yaml`;
  const path = join(folder, name);
  const document = parseDocument(existsSync(path) ? await readFile(path, "utf8") : "");
  if (document.errors.length > 0)
    throw new UserError(`${name} is not valid YAML: ${document.errors[0]?.message}`, "Fix it, or move it away.");
  const there = delivered(document);
  if (there.length > 0 && !force) {
    const nextStep =
      "Give another stack's name, or --force to write its `delivery:` settings anew; what is encrypted stays.";
    throw new UserError(`${name} has settings of a chain already.`, nextStep);
  }
  return {
    path,
    owner: document.getIn(["config", OWNER]) as string | undefined,
    isInitialized: ["encryptionsalt", "secretsprovider", "encryptedkey"].some((entry) => document.has(entry)),
    async write(settings) {
      const secrets = encrypted(document);
      for (const key of there) document.deleteIn(["config", key]);
      for (const [key, value] of settings) document.setIn(["config", key], document.createNode(value));
      for (const [key, value] of secrets) keep(document, ["config", ...key], value);
      if (!existsSync(path)) document.commentBefore = HEADER;
      await writeFile(path, document.toString({ lineWidth: 0 }));
    },
    keeps: (key) => document.hasIn(["config", ...pathOf(key), "secure"]),
  };
}

/** `image.password` as the file nests it: `delivery:image`, then `password`. */
function pathOf(key: string): string[] {
  const [first, ...rest] = key.split(".");
  return [`delivery:${first}`, ...rest];
}

function delivered(document: Document): string[] {
  const config = document.get("config");
  const keys = isMap(config) ? config.items.map(({ key }) => String(key)) : [];
  return keys.filter((key) => key.startsWith("delivery:"));
}

/** Every encrypted value of the chain, with its path below `config`. */
function encrypted(document: Document): [path: string[], value: unknown][] {
  const within = (value: unknown, path: string[]): [string[], unknown][] => {
    if (typeof value !== "object" || value === null) return [];
    if ("secure" in value) return [[path, value]];
    return Object.entries(value).flatMap(([name, inner]) => within(inner, [...path, name]));
  };
  const config = (document.toJS() as { config?: Record<string, unknown> } | null)?.config ?? {};
  return delivered(document).flatMap((key) => within(config[key], [key]));
}

/** Puts an encrypted value back, unless its part is off now. */
function keep(document: Document, path: readonly string[], value: unknown): void {
  const isOff = path.length > 2 && document.hasIn(path.slice(0, 2)) && !isMap(document.getIn(path.slice(0, 2)));
  if (!isOff) document.setIn(path, document.createNode(value));
}
