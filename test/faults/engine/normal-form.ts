/** State and objects in a form in which two runs that ended alike are equal: without ids, times and ciphertexts. */

import { DatabaseSync } from "../../../sandbox/services/core/sqlite.ts";
import type { Latest } from "../../e2e/recover/world.ts";

/** What says how an object came to be, not what it is. */
const HISTORY = [
  "id",
  "importID",
  "created",
  "modified",
  "sourcePosition",
  "stackTrace",
  "sequenceNumber",
  "refreshBeforeUpdate",
];

const MASKS: readonly (readonly [what: RegExp, mask: string])[] = [
  [/"ciphertext":"[^"]*"/g, '"ciphertext":""'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, "<time>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<id>"],
  [/\b[a-z]{2,4}-[a-z0-9]{20}\b/g, "<id>"],
  [/\b[0-9a-f]{32,}\b/g, "<id>"],
  [/\b\d{4,}\b/g, "<number>"],
  // A value that Render has generated.
  [/"[\w+/]{43}="/g, '"<generated>"'],
];

/**
 * The resources of a state, one a line. An import notes no dependencies of a property that has none; the engine notes
 * that there are none.
 */
export function normalState({ resources = [] }: Latest): string[] {
  return resources
    .map((resource) => {
      const kept = Object.entries(resource).flatMap(([key, value]): [string, unknown][] => {
        if (HISTORY.includes(key)) return [];
        if (key !== "propertyDependencies") return [[key, value]];
        const some = Object.entries(value ?? {}).filter(([, urns]) => Array.isArray(urns) && urns.length > 0);
        return some.length > 0 ? [[key, Object.fromEntries(some)]] : [];
      });
      return masked(
        kept.map(([key, value]) => [key, sorted(value)] as const).sort(([one], [other]) => (one < other ? -1 : 1)),
      );
    })
    .sort();
}

/** The objects of all services, one a line. */
export function normalObjects(databaseFile: string): string[] {
  const database = new DatabaseSync(databaseFile, { readOnly: true });
  try {
    const rows = database
      .prepare("SELECT service, kind, body FROM documents")
      .all()
      .map(({ service, kind, body }) => ({ service, kind, body: JSON.parse(String(body)) }));
    const isCommit = ({ service, kind }: { service: unknown; kind: unknown }): boolean =>
      service === "github" && kind === "commit";
    const others = rows.filter((row) => !isCommit(row)).map(({ service, kind, body }) => [service, kind, sorted(body)]);
    const commits = unordered(rows.filter(isCommit).map(({ body }) => body));
    return [...others, ...commits].map(masked).sort();
  } finally {
    database.close();
  }
}

interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly files: object;
}

/** Two files of one repository are committed in any order: what counts is what was committed, and what is there then. */
function unordered(commits: readonly Commit[]): unknown[] {
  const parents = new Set(commits.flatMap((commit) => commit.parents));
  return commits.flatMap(({ parents: _, files, ...commit }) => [
    ["github", "commit", sorted(commit)],
    ...(parents.has(commit.sha) ? [] : [["github", "files of a last commit", sorted(files)]]),
  ]);
}

/** What is in one only, in short. */
export function differing(expected: readonly string[], now: readonly string[]): string[] {
  const only = (some: readonly string[], other: readonly string[]): string[] =>
    some.filter((line) => !other.includes(line));
  return [...only(expected, now).map((line) => `- ${line}`), ...only(now, expected).map((line) => `+ ${line}`)];
}

function masked(value: unknown): string {
  return MASKS.reduce((text, [what, mask]) => text.replaceAll(what, mask), JSON.stringify(value));
}

/** Keys in order, and names of resources, as their order says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every((item) => typeof item === "string" && item.startsWith("urn:")) ? items.sort() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
