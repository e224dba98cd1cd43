/** What changes of databases and key value stores mean alike. */
import { high, type Meaning } from "./meaning.ts";
import { enumeration, type Found, knownValue } from "./rule.ts";

/** Another plan, as verb and object. */
export function sized(
  what: string,
  plans: readonly unknown[],
  change: Found["change"],
): [verb: "changes" | "raises" | "lowers", object: string] {
  const [before, after] = [knownValue(change.before), knownValue(change.after)];
  const [from, to] = [plans.indexOf(before), plans.indexOf(after)];
  const object = `${what}'s plan from ${before ?? "none"} to ${after ?? "none"}`;
  if (from < 0 || to < 0) return ["changes", object];
  return [to > from ? "raises" : "lowers", object];
}

/** Other addresses outside of Render. */
export function reachable(what: string, { change }: Found): Meaning[] {
  const [before, after] = [blocks(change.before), blocks(change.after)];
  const added = after.filter((block) => !before.includes(block));
  const removed = before.filter((block) => !after.includes(block));
  return [
    ...(added.length > 0 ? [high("loosens", "network", `${enumeration(added)} can reach ${what}`)] : []),
    ...(removed.length > 0 ? [high("tightens", "network", `${enumeration(removed)} can reach ${what} no more`)] : []),
  ];
}

function blocks(side: Found["change"]["after"]): string[] {
  const value = knownValue(side);
  return Array.isArray(value) ? value.map((entry: { cidrBlock?: unknown }) => String(entry?.cidrBlock ?? entry)) : [];
}
