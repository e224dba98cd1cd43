/** The stack's file, as `delivery init` writes it: the engine's own entries and encrypted values stay. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Document, isMap, parseDocument } from "yaml";
import { quotedNode } from "../../lib/yaml-scalars.ts";
import { UserError } from "../user-error.ts";
import { explain, HEADER } from "./comments.ts";
import { OWNER } from "./questions.ts";

/** Stands in the file that the program ships with: nobody's settings, so they may be replaced. */
const EXAMPLE = { mark: "an example to adapt", owner: "acme" };

/** A stack's file that may be written. */
export interface StackFile {
  readonly path: string;
  /** Who owns the repository, where `pulumi new` has asked for it already. */
  readonly owner: string | undefined;
  /** How the stack's secrets are encrypted, which the Pulumi CLI has left there; undefined before it knows the stack. */
  readonly encryption: "passphrase" | "key service" | undefined;
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
  const text = existsSync(path) ? await readFile(path, "utf8") : "";
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw new UserError(`${name} is not valid YAML: ${document.errors[0]?.message}`, "Fix it, or move it away.");
  const isExample = text.includes(EXAMPLE.mark);
  if (delivered(document).length > 0 && !isExample && !force) {
    const nextStep =
      "Give another stack's name, or --force to write its `delivery:` settings anew; what is encrypted stays.";
    throw new UserError(`${name} has settings of a chain already.`, nextStep);
  }
  const owner = document.getIn(["config", OWNER]) as string | undefined;
  return {
    path,
    owner: isExample && owner === EXAMPLE.owner ? undefined : owner,
    encryption: encryptionOf(document),
    async write(settings) {
      const written = isExample ? withoutExample(document) : document;
      const secrets = encrypted(document);
      for (const key of delivered(written)) written.deleteIn(["config", key]);
      for (const [key, value] of settings) written.setIn(["config", key], quotedNode(written, value));
      for (const [key, value] of secrets) keep(written, ["config", ...key], value);
      if (isExample || text === "") written.commentBefore = HEADER;
      explain(written, stack);
      await writeFile(path, written.toString({ lineWidth: 0 }));
    },
    keeps: (key) => document.hasIn(["config", ...pathOf(key), "secure"]),
  };
}

/** What the file holds besides the example: what the Pulumi CLI has written, and settings of other namespaces. */
function withoutExample(document: Document): Document {
  const { config = {}, ...entries } = document.toJS() as { config?: Record<string, unknown> };
  const kept = Object.entries(config).filter(([key]) => !key.startsWith("delivery:") && key !== OWNER);
  return new Document({ ...entries, config: Object.fromEntries(kept) });
}

/** "Pulumi.<stack>.yaml": a salt is a passphrase's, unless a provider is named. */
function encryptionOf(document: Document): StackFile["encryption"] {
  const provider = document.get("secretsprovider");
  if (provider !== undefined && provider !== "passphrase") return "key service";
  if (document.has("encryptedkey")) return "key service";
  return provider === "passphrase" || document.has("encryptionsalt") ? "passphrase" : undefined;
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
