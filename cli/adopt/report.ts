/** What adoption tells the user. */

import { oneLine } from "../report/values/clean.ts";
import { UserError } from "../user-error.ts";
import type { Adoption, AdoptionPlan } from "./adoption.ts";
import { isSecret, shown, type Unresolved } from "./as-found.ts";
import type { Discovery } from "./discover.ts";
import { OFF_BY_ADOPTION } from "./finding.ts";
import type { FileChange } from "./stack-file.ts";

/** A line, and what stands further in below it. */
type Line = readonly [text: string, detail?: string | undefined];

/** What was found, and what would be written. */
export function planText({ found, changes }: AdoptionPlan): string {
  const places = Object.values(found.parts).flatMap(({ place }) => place ?? []);
  return [
    section("Found", places.length > 0 ? places.map((place) => [place]) : [["nothing"]]),
    section(
      "In the stack's file",
      changes.map(({ key, before, after }) => [`${key}: ${shown(before, key)} -> ${shown(after, key)}`]),
    ),
    section(
      "Encrypted in the stack's file",
      [...found.secrets.keys()].map((name) => [`secretVariables.${name}`]),
    ),
    section(
      "Left alone",
      found.notes.map((note) => [note]),
    ),
  ].join("");
}

/** What was done. */
export function adoptionText(adoption: Adoption, dryRun: boolean): string {
  const { found, backup, warnings, stricter, kept } = adoption;
  if (Object.values(found.parts).every(({ place }) => place === undefined) && adoption.changes.length === 0)
    return nothingText(found);
  return [
    dryRun ? `${planText(adoption)}\nNothing was written.\n` : `${doneText(adoption)} A preview shows no change.\n`,
    backup ? `The file as it was: ${backup}\n` : "",
    section(
      "Warnings of the preview",
      warnings.map((warning) => [warning]),
    ),
    section(
      "Values that a service keeps to itself",
      found.masked.map(({ holder, name, shown: tail, advice }) => [
        `${holder}: ${name}${tail ? ` (${tail})` : ""}`,
        advice,
      ]),
    ),
    section(
      "Could be stricter; each takes effect with the next `npx --no delivery up`",
      stricter.map(({ change, command }) => [change, command]),
    ),
    section(
      "Kept as found; without its line in the file, by `npm run pulumi -- config rm --path <key>`, the chain decides",
      kept.map(({ change }) => [`delivery:asFound.${change}`]),
    ),
  ].join("");
}

/** The error for changes that no setting could keep from happening. */
export function unresolvedText(unresolved: readonly Unresolved[], keep: boolean): UserError {
  const lines = unresolved.map(({ resource, property, op, before, after, key }): Line => {
    if (property === undefined) return [`${resource} would be ${op === "create" ? "created" : `changed (${op})`}`];
    return [
      `${resource}.${property}: ${shown(before, property)} -> ${shown(after, property)}`,
      key && `described by ${key}`,
    ];
  });
  const where = keep
    ? "File and state are left as adoption has made them."
    : "File and state are as they were; --keep leaves them as adoption makes them.";
  return new UserError(
    `Not adopted.${section("The next `up` would change something", lines)}${where}`,
    "Set the key that describes it, or turn the part `off`, then adopt again.",
  );
}

/** Why each part was not found: whoever expects one sees by which name, or that nobody looked. */
function nothingText({ parts, notes }: Discovery): string {
  const reasons = Object.entries(parts).map(([part, { settings }]): Line => {
    const note = settings.find(({ key }) => key === part)?.note?.replace(OFF_BY_ADOPTION, "");
    return [`${part}: ${note ?? "not found"}`];
  });
  const lines = [...reasons, ...notes.map((note): Line => [note])];
  return `Nothing to adopt. Nothing was written.\n${section("What was looked for", lines)}`;
}

function doneText({ found, imported, changes }: Adoption): string {
  const written = changes.length + found.secrets.size;
  if (imported.length === 0 && written === 0) return "Nothing to adopt: the stack describes what exists.";
  return `Adopted: ${imported.length} imported, ${written} settings written.`;
}

function section(title: string, lines: readonly Line[]): string {
  const written = lines.map(([text, detail]) => `  ${oneLine(text)}${detail ? `\n      ${oneLine(detail)}` : ""}\n`);
  return lines.length > 0 ? `\n${title}:\n${written.join("")}` : "";
}

/** What would be written, for a program, without any value of a secret. */
export function plainChanges(changes: readonly FileChange[]): FileChange[] {
  const masked = (value: unknown, key: string): unknown => (isSecret(value, key) ? "[secret]" : value);
  return changes.map(({ key, before, after }) => ({ key, before: masked(before, key), after: masked(after, key) }));
}
