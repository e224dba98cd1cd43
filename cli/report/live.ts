/** What will run, from the outputs of the stack. */
import type { Live, LiveValue } from "./report.ts";
import { type ResourceStep, STACK } from "./steps.ts";
import { cleanText } from "./values/clean.ts";
import { isUnknown } from "./values/marker.ts";
import { valueAt } from "./values/path.ts";

/** Where the contract of the outputs has each of them. */
const PATHS = { url: ["site", "url"], tag: ["image", "tag"], digest: ["image", "digest"] } as const;

const SERVICE = "render:index:WebService";

/**
 * Address, tag and digest of the site; undefined for a stack without one.
 * @param failed whether the run failed: what it wanted is live only where the deploy went through.
 */
export function liveOf(steps: readonly ResourceStep[], failed: boolean): Live | undefined {
  const stack = steps.find(({ type }) => type === STACK);
  if (!stack) return undefined;
  const live = plannedLive(stack);
  const isDeployed = steps.some(
    ({ type, operation, progression }) => type === SERVICE && operation !== "same" && progression === "done",
  );
  return failed && !isDeployed ? liveBefore(live, stack) : live;
}

/** What was live before: where a run changed nothing of it, it still is. */
function liveBefore(live: Live | undefined, { old }: ResourceStep): Live | undefined {
  const names = Object.keys(live ?? {}) as (keyof typeof PATHS)[];
  const found = names.flatMap((name) => {
    const value = textAt(old?.outputs, PATHS[name]);
    return value === undefined ? [] : [[name, { value }] as const];
  });
  return found.length > 0 ? (Object.fromEntries(found) as Live) : undefined;
}

function plannedLive(stack: ResourceStep): Live | undefined {
  const found = Object.entries(PATHS).map(([name, path]) => {
    const before = textAt(stack.old?.outputs, path);
    const after = valueAt(stack.new?.outputs, path) ?? valueAt(stack.old?.outputs, path);
    return [name, after === undefined ? undefined : liveValue(after, before)] as const;
  });
  const known = found.filter(([, value]) => value !== undefined);
  return known.length > 0 ? (Object.fromEntries(known) as Live) : undefined;
}

function liveValue(after: unknown, before: string | undefined): LiveValue {
  // An image that is still to be built has an empty digest in a preview.
  const value = isUnknown(after) || after === "" ? undefined : cleanText(String(after));
  return { value, ...(before !== undefined && before !== value && { before }) };
}

function textAt(outputs: unknown, path: readonly string[]): string | undefined {
  const value = valueAt(outputs, path);
  return typeof value === "string" && value !== "" && !isUnknown(value) ? cleanText(value) : undefined;
}
