/** The stack's file, edited in place: what is not changed keeps its comments and its encrypted values. */
import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from "yaml";
import { quotedNode } from "../../lib/yaml-scalars.ts";
import { oneLine } from "../report/values/clean.ts";
import { UserError } from "../user-error.ts";
import type { Setting } from "./finding.ts";

const HEADER = ` What this stack declares, as \`npx --no delivery adopt\` found it. Every key is described in docs/configuration.md.
 The tokens of the services are not here: they come from the environment of whoever runs the engine.`;

/** One changed key. */
export interface FileChange {
  readonly key: string;
  /** Undefined for a key that was not there. */
  readonly before: unknown;
  /** Undefined for a key that goes. */
  readonly after: unknown;
}

/** An edited text and what the edit changed. */
export interface Edit {
  readonly text: string;
  readonly changes: readonly FileChange[];
}

/** The file's text; empty when there is none. */
export async function readStackFile(path: string): Promise<string> {
  return existsSync(path) ? await readFile(path, "utf8") : "";
}

/**
 * Puts settings into the text of a stack's file.
 * @param sources comments above the parts, by key: where each comes from.
 * @throws UserError when the text is no YAML.
 */
export function editStackFile(
  text: string,
  settings: readonly Setting[],
  sources: Readonly<Record<string, string>> = {},
): Edit {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw new UserError(
      `The stack's file is not valid YAML: ${document.errors[0]?.message}`,
      "Fix it, or move it away.",
    );
  const changes = settings.flatMap((setting) => set(document, setting));
  if (changes.length === 0) return { text, changes };
  if (text.trim() === "") document.commentBefore = HEADER;
  for (const [part, source] of Object.entries(sources)) comment(document, fullKey(part), source);
  return { text: document.toString({ lineWidth: 0 }), changes };
}

/** What stands beside a value in the text, by the value's key; undefined when nothing does. */
export function noteAt(text: string, key: string): string | undefined {
  const node = parseDocument(text).getIn(pathOf(key), true);
  return isScalar(node) ? node.comment?.trim() : undefined;
}

/** Keeps what the file holds under a name of its own, which no later run takes; undefined when there is no file. */
export async function backUp(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  let copy = `${path}.before-adopt`;
  for (let number = 2; existsSync(copy); number++) copy = `${path}.before-adopt-${number}`;
  await copyFile(path, copy);
  return copy;
}

/** `image.tag` as it stands in the file: below `delivery:image`. */
function pathOf(key: string): string[] {
  const [first = "", ...rest] = key.includes(":") ? [key] : key.split(".");
  return ["config", fullKey(first), ...rest];
}

function fullKey(part: string): string {
  return part.includes(":") ? part : `delivery:${part}`;
}

function set(document: Document, { key, value, note }: Setting): FileChange[] {
  const path = pathOf(key);
  const before = plain(document.getIn(path));
  if (isDeepStrictEqual(before, value)) return [];
  if (value === undefined) {
    document.deleteIn(path);
    prune(document, path.slice(0, -1));
    return [{ key, before, after: undefined }];
  }
  for (let depth = 1; depth < path.length; depth++) {
    const above = path.slice(0, depth);
    const map = document.getIn(above);
    // A map on one line has no place for comments.
    if (isMap(map)) map.flow = false;
    else document.setIn(above, document.createNode({}));
  }
  const node = quotedNode(document, value);
  if (note !== undefined && isScalar(node)) node.comment = ` ${oneLine(note)}`;
  document.setIn(path, node);
  return [{ key, before, after: value }];
}

/** Takes maps out that have become empty, except the parts themselves: an empty part is one of defaults. */
function prune(document: Document, path: readonly string[]): void {
  const map = document.getIn(path);
  const isPart = path.length <= 2 && path[1] !== "delivery:asFound" && path[1] !== "delivery:secretVariables";
  if (path.length < 2 || isPart || !isMap(map) || map.items.length > 0) return;
  document.deleteIn(path);
  prune(document, path.slice(0, -1));
}

/** A comment above a key, unless it has one. */
function comment(document: Document, key: string, text: string): void {
  const config = document.get("config") as YAMLMap | undefined;
  const pair = config?.items.find((item): item is Pair<Scalar> => isScalar(item.key) && item.key.value === key);
  if (pair && !pair.key.commentBefore) pair.key.commentBefore = ` ${oneLine(text)}`;
}

function plain(node: unknown): unknown {
  return typeof node === "object" && node !== null && "toJSON" in node
    ? (node as { toJSON(): unknown }).toJSON()
    : node;
}
