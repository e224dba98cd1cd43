/** From a changed property to what it means. */
import type { PropertyChange, Side } from "../report.ts";
import { parsePath } from "../values/path.ts";
import { high, low, type Meaning, medium } from "./meaning.ts";

/** What a rule can speak about. */
export interface Found {
  readonly change: PropertyChange;
  /** What stood for each `*` of the pattern. */
  readonly captured: readonly string[];
  /** What the resource is called at its service. */
  readonly label: string;
  /** The stack, as the user calls it. */
  readonly stack: string;
}

/** What a change of one property means. */
export interface Rule {
  /** Names of the path; `*` is any one. */
  readonly pattern: readonly string[];
  say(found: Found): Meaning | readonly Meaning[] | undefined;
}

/** A rule for a property path, e.g. `environmentVariables.*`. */
export function at(pattern: string, say: Rule["say"]): Rule {
  return { pattern: pattern.split("."), say };
}

/** A switch with a meaning for on and one for off; a switch that is not there is off. */
export function flag(pattern: string, on: Meaning, off: Meaning): Rule {
  return at(pattern, ({ change: { after } }) => {
    if (after.state === "unknown") return undefined;
    return isOn(after) ? on : off;
  });
}

/** A number that makes something stricter as it grows. */
export function stricter(pattern: string, what: string, unit: (count: number) => string): Rule {
  return at(pattern, ({ change: { before, after } }) => {
    if (after.state !== "known" && after.state !== "absent") return undefined;
    const [from, to] = [Number(knownValue(before) ?? 0), Number(knownValue(after) ?? 0)];
    return high(to < from ? "loosens" : "tightens", what, `${unit(to)} instead of ${from}`);
  });
}

/** A list whose members make something stricter, or looser. */
export function members(pattern: string, more: (names: string) => Meaning, fewer: (names: string) => Meaning): Rule {
  return at(pattern, ({ change }) => {
    const [before, after] = [listed(change.before), listed(change.after)];
    const added = after.filter((name) => !before.includes(name));
    const removed = before.filter((name) => !after.includes(name));
    return [
      ...(removed.length > 0 ? [fewer(enumeration(removed))] : []),
      ...(added.length > 0 ? [more(enumeration(added))] : []),
    ];
  });
}

/** The new value, of little importance. */
export function plainly(pattern: string, what: string): Rule {
  return at(pattern, ({ change }) => low("changes", `${what}${becomes(change.after)}`));
}

/** The new value, of some importance. */
export function notably(pattern: string, what: string): Rule {
  return at(pattern, ({ change }) => medium("changes", `${what}${becomes(change.after)}`));
}

/** Names in a sentence; of many only the first. */
export function enumeration(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : shown.join("");
}

/** The value of a side that is known. */
export function knownValue(side: Side): unknown {
  return side.state === "known" ? side.value : undefined;
}

/** What the rules of a kind say about a property; nothing when none is about it. */
export function meaningsByRule(rules: readonly Rule[], about: Omit<Found, "captured">): readonly Meaning[] {
  const segments = parsePath(about.change.path);
  const matches = ({ pattern }: Rule): boolean =>
    pattern.length === segments.length && pattern.every((name, index) => name === "*" || name === segments[index]);
  const rule = rules.find(matches);
  const captured = segments.filter((_, index) => rule?.pattern[index] === "*");
  return [rule?.say({ ...about, captured }) ?? []].flat();
}

function isOn(side: Side): boolean {
  const value = knownValue(side);
  return value === true || value === "enabled" || value === "protected";
}

function becomes(after: Side): string {
  const value = knownValue(after);
  const short =
    typeof value === "number" || typeof value === "boolean" || (typeof value === "string" && value.length < 40);
  return short && value !== "" ? ` to ${String(value).replaceAll("\n", " ")}` : "";
}

/** The members of a list by what tells them apart. */
function listed(side: Side): string[] {
  const value = knownValue(side);
  return Array.isArray(value) ? value.map(memberName) : [];
}

function memberName(member: unknown): string {
  if (typeof member !== "object" || member === null) return String(member);
  const { context, actorType, actorId, name } = member as Record<string, unknown>;
  if (actorType !== undefined) return [actorType, actorId].filter((part) => part !== undefined).join(" ");
  return String(context ?? name ?? JSON.stringify(member));
}
