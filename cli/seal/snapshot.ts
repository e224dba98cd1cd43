/** The file that `delivery seal` writes: a stack without its secrets. */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import { UserError } from "../user-error.ts";
import { PLAIN_VARIABLES, TOKEN_VARIABLES } from "./clean-environment.ts";
import { isObject } from "./secret-value.ts";

const FORMAT = "delivery/sealed-stack";
/** Raised when an older `delivery` could not read the file. */
const VERSION = 1;

/** A resource of the state; what is not read here is kept as it is. */
const resourceSchema = z.looseObject({
  urn: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});

const deploymentSchema = z.looseObject({ resources: z.array(resourceSchema).default([]) });

/** What `pulumi stack export` gives. */
export const exportSchema = z.object({ version: z.number(), deployment: deploymentSchema });

const secretSettingSchema = z.strictObject({
  /** Where it stands below `config` of the stack's file. */
  path: z.array(z.union([z.string(), z.number()])),
  /** SHA-256 of the encrypted value. */
  ciphertext: z.string(),
  placeholder: z.string(),
});

const snapshotSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  project: z.string(),
  stack: z.string(),
  /** Version of the engine that wrote the state, and that has to read it. */
  engine: z.string(),
  sealedAt: z.iso.datetime(),
  /** The program's commit, when it is known. */
  commit: z.string().optional(),
  settings: z.array(secretSettingSchema),
  /** Variables that the program and its plugins read; tokens are placeholders. */
  environment: z.partialRecord(z.enum([...TOKEN_VARIABLES, ...PLAIN_VARIABLES]), z.string()),
  /** Placeholders of the build's secrets, by the file or variable that keeps each. */
  buildSecrets: z.record(z.string(), z.string()),
  /** What the program asked of others, and was answered. */
  answers: z.record(z.string(), z.unknown()),
  /** The stack that this one's environment is built on. */
  shared: z.strictObject({ name: z.string(), outputs: z.record(z.string(), z.unknown()) }).optional(),
  state: exportSchema,
});

/** A stack without its secrets. */
export type Snapshot = z.output<typeof snapshotSchema>;
/** What is known of a secret of the stack's file. */
export type SecretSetting = z.output<typeof secretSettingSchema>;
/** An exported state. */
export type ExportedState = z.output<typeof exportSchema>;
/** A resource of an exported state. */
export type SealedResource = z.output<typeof resourceSchema>;

/** The snapshot of these parts, in today's format. */
export function snapshotOf(parts: Omit<Snapshot, "format" | "version">): Snapshot {
  return { format: FORMAT, version: VERSION, ...parts };
}

/** The snapshot as text: one state of a stack has one shape, whoever exports it. */
export function snapshotText(snapshot: Snapshot): string {
  return `${JSON.stringify(sorted(snapshot), undefined, 1)}\n`;
}

/** Writes it for this user alone; who else may read it is decided where it is kept. */
export async function writeSnapshot(file: string, snapshot: Snapshot): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, snapshotText(snapshot), { mode: 0o600 });
  await chmod(file, 0o600);
}

/**
 * Reads a snapshot.
 * @throws UserError when there is none, or it is of another version of `delivery`.
 */
export async function readSnapshot(file: string): Promise<Snapshot> {
  const again =
    "Make one with `npx --no delivery seal`, on the branch that is trusted, with the version of delivery used here.";
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new UserError(`The snapshot cannot be read: ${error.message}.`, again);
  });
  const parsed = snapshotSchema.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? ` (${issue.path.join(".")}: ${issue.message})` : "";
  throw new UserError(`${file} is no snapshot that this version of delivery reads${where}.`, again);
}

/** Keys in order; lists keep theirs, which may mean something. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
