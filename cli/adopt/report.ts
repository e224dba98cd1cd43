/** What adoption tells the user. */
import { UserError } from "../user-error.ts";
import { shown, type Unresolved } from "./as-found.ts";
import type { Adoption, AdoptionPlan } from "./index.ts";

/** What was found, and what would be written. */
export function planText({ found, changes }: AdoptionPlan): string {
  const places = Object.values(found.parts).flatMap(({ place }) => place ?? []);
  const written = changes.map(({ key, before, after }) => `  ${key}: ${shown(before)} -> ${shown(after)}`);
  return [
    section("Found", places.length > 0 ? places.map((place) => `  ${place}`) : ["  nothing"]),
    section("In the stack's file", written),
    section(
      "Encrypted in the stack's file",
      [...found.secrets.keys()].map((name) => `  secretVariables.${name}`),
    ),
    section(
      "Left alone",
      found.notes.map((note) => `  ${note}`),
    ),
  ].join("");
}

/** What was done. */
export function adoptionText(adoption: Adoption, dryRun: boolean): string {
  const { found, imported, changes, backup, warnings, stricter, kept } = adoption;
  const nothing = imported.length === 0 && changes.length === 0 && found.secrets.size === 0;
  const proof = "A preview shows no change.";
  const done = nothing
    ? `Nothing to adopt: the stack describes what exists. ${proof}`
    : `Adopted: ${imported.length} imported, ${changes.length + found.secrets.size} settings written. ${proof}`;
  return [
    dryRun ? `${planText(adoption)}\nNothing was written.\n` : `${done}\n`,
    backup ? `The file as it was: ${backup}\n` : "",
    section(
      "Warnings of the preview",
      warnings.map((warning) => `  ${warning}`),
    ),
    section(
      "Values that a service keeps to itself",
      found.masked.map(
        ({ holder, name, shown: tail, advice }) => `  ${holder}: ${name}${tail ? ` (${tail})` : ""}\n      ${advice}`,
      ),
    ),
    section(
      "Could be stricter; each takes effect with the next `pulumi up`",
      stricter.map(({ change, command }) => `  ${change}\n      ${command}`),
    ),
    section(
      "Kept as found; without its line in the file, by `pulumi config rm --path <key>`, the chain decides",
      kept.map(({ change }) => `  delivery:asFound.${change}`),
    ),
  ].join("");
}

/** The error for changes that no setting could keep from happening. */
export function unresolvedText(unresolved: readonly Unresolved[], keep: boolean): UserError {
  const lines = unresolved.map(({ resource, property, op, before, after, key }) =>
    property === undefined
      ? `  ${resource} would be ${op === "create" ? "created" : `changed (${op})`}`
      : `  ${resource}.${property}: ${shown(before)} -> ${shown(after)}${key ? `\n      described by ${key}` : ""}`,
  );
  const where = keep
    ? "File and state are left as adoption has made them."
    : "File and state are as they were; --keep leaves them as adoption makes them.";
  return new UserError(
    `Not adopted: the next \`up\` would change something.\n${lines.join("\n")}\n${where}`,
    "Set the key that describes it, or turn the part `off`, then adopt again.",
  );
}

function section(title: string, lines: readonly string[]): string {
  return lines.length > 0 ? `\n${title}:\n${lines.join("\n")}\n` : "";
}
