/** The words that every way to show a report shares. */
import type { ChangeOperation, Counts, Danger, Hidden, Report, ResourceChange } from "./report.ts";

/** How an operation is marked where there is little room. */
export const SIGNS: Readonly<Record<ChangeOperation, string>> = {
  create: "+",
  import: ">",
  update: "~",
  replace: "±",
  delete: "-",
  forget: "×",
};

const PARTICIPLES: Readonly<Record<ChangeOperation, string>> = {
  create: "new",
  import: "imported",
  update: "changed",
  replace: "replaced",
  delete: "deleted",
  forget: "let go",
};

/** Meanings that only repeat what happens to the whole object. */
const WHOLE = /^(add|create|delete|import|remove|replace)(s|d|ed) /;

/** What the report is of, e.g. `Sealed preview of prod`. */
export function titleText({ operation, sealed }: Report): string {
  if (operation === "drift") return "Drift of";
  if (operation === "up") return "Update of";
  return sealed ? "Sealed preview of" : "Preview of";
}

/** What the two sides of a property are. */
export function sideTitles({ operation }: Pick<Report, "operation">): readonly [string, string] {
  return operation === "drift" ? ["Declared", "At the service"] : ["Before", "After"];
}

/** How many of each, e.g. `2 new, 1 changed`. */
export function countsText(counts: Counts): string {
  const named = Object.entries(PARTICIPLES) as [ChangeOperation, string][];
  return named
    .flatMap(([operation, word]) => (counts[operation] > 0 ? [`${counts[operation]} ${word}`] : []))
    .join(", ");
}

/** The same of some changes. */
export function countsOf(changes: readonly ResourceChange[]): Counts {
  const counts = { create: 0, import: 0, update: 0, replace: 0, delete: 0, forget: 0 };
  for (const { operation } of changes) counts[operation]++;
  return counts;
}

/** Dangers of which the same is to be said. */
export interface DangerGroup {
  /** What they are. */
  readonly kind: string;
  readonly labels: readonly string[];
  /** What happens to them, as the end of a sentence. */
  readonly happens: string;
  /** What becomes of what they hold. */
  readonly fate: string;
}

/** The dangers, those that are alike together. */
export function dangerGroups(dangers: readonly Danger[]): DangerGroup[] {
  const alike = Map.groupBy(dangers, ({ kind, operation, saved, causes }) =>
    JSON.stringify([kind, operation, saved, causes]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ kind: first.kind, labels: group.map(({ label }) => label), ...fateOf(first) }] : [];
  });
}

function fateOf({ operation, loss, saved, causes }: Danger): Pick<DangerGroup, "happens" | "fate"> {
  const verb = causes.length > 1 ? "change" : "changes";
  const because = causes.length > 0 ? ` because its ${causes.join(" and ")} ${verb}` : "";
  const happens = {
    replace: `is deleted and made anew${because}.`,
    delete: "is deleted.",
    forget: "leaves the stack.",
    "deleted outside": "was deleted outside the stack; an update makes a new and empty one.",
  };
  const fates = {
    protect: "It is protected: the engine refuses, and nothing is lost until the protection is taken away.",
    retain: "It is kept: the old one goes on existing at the service, outside the stack.",
    nothing: loss,
  };
  return { happens: happens[operation], fate: fates[saved] };
}

/** How a sentence about a group begins, before the names. */
export function groupSubject({ kind, labels }: DangerGroup): string {
  return labels.length === 1 ? `The ${kind}` : `Each ${kind} of these ${labels.length}:`;
}

/** What was left out, e.g. `15 unchanged resources, 1 unchanged secret`; empty when that is nothing. */
export function hiddenText(hidden: Hidden): string {
  const phrases: [number, string, string][] = [
    [hidden.unchanged, "unchanged resource", "unchanged resources"],
    [hidden.secrets, "unchanged secret", "unchanged secrets"],
    [hidden.bookkeeping, "value that a provider keeps for itself", "values that providers keep for themselves"],
    [hidden.consequences, "value that only follows", "values that only follow"],
    [hidden.order, "reordered list", "reordered lists"],
    [hidden.internal, "component or provider", "components and providers"],
    [hidden.defaults, "value that a provider filled in", "values that providers filled in"],
  ];
  const told = phrases.filter(([count]) => count > 0);
  return told.map(([count, one, many]) => `${count} ${count === 1 ? one : many}`).join(", ");
}

/** The meanings of a change without the object that a title above them names. */
export function remainingMeanings({ kind, label, meanings }: ResourceChange): string[] {
  const named = `${kind} ${label}`;
  return meanings.flatMap((meaning) => {
    if (!WHOLE.test(meaning) || !meaning.includes(named)) return [meaning];
    const rest = meaning.slice(meaning.indexOf(named) + named.length).replace(/^[:,]?\s*/, "");
    return rest === "" ? [] : [rest];
  });
}

/** What changes mean together, each once: first what is most important of each. */
export function toldMeanings(changes: readonly ResourceChange[]): string[] {
  const told = changes.flatMap(({ meanings, progression }) =>
    meanings.map((meaning, rank) => ({ rank, text: progression === "failed" ? `failed: ${meaning}` : meaning })),
  );
  const all = told.sort((one, other) => Math.min(one.rank, 1) - Math.min(other.rank, 1)).map(({ text }) => text);
  const alike = Map.groupBy(all, (meaning) => meaning);
  return [...alike].map(([meaning, { length }]) => (length > 1 ? `${meaning} (${length} times)` : meaning));
}

/** How far a change came, where that is not as it should be. */
export function progressionText({ progression }: ResourceChange): string | undefined {
  if (progression === "failed") return "failed";
  return progression === "begun" ? "begun, and nobody knows how it ended" : undefined;
}

/** `12 s`, `3 min 5 s`. */
export function durationText(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
