/** Runs checks side by side, each with a time limit, and those that build on others after them. */
import type { Check, CheckContext } from "./check.ts";
import { type Finding, problem, waiting } from "./finding.ts";

/** A check with what it has found. */
export interface CheckedRow {
  readonly check: Check;
  readonly findings: readonly Finding[];
}

/**
 * Runs those of the checks that apply, in any order; gives them in the given one. Never throws for what a check meets.
 * @param limitMs how long each may take.
 * @throws the signal's reason when aborted.
 */
export async function runChecks(
  checks: readonly Check[],
  context: CheckContext,
  limitMs: number,
): Promise<readonly CheckedRow[]> {
  const applying = checks.filter(({ applies }) => applies?.(context.facts) ?? true);
  const started = new Map<string, Promise<readonly Finding[]>>();
  const start = (check: Check): Promise<readonly Finding[]> => {
    const known = started.get(check.id) ?? runAfter(check);
    started.set(check.id, known);
    return known;
  };
  const runAfter = async (check: Check): Promise<readonly Finding[]> => {
    for (const id of check.needs ?? []) {
      const needed = applying.find((other) => other.id === id);
      if (needed && !isFine(await start(needed))) return [waiting(needed)];
    }
    return limited(check, context, limitMs);
  };
  const rows = await Promise.all(applying.map(async (check) => ({ check, findings: await start(check) })));
  context.signal.throwIfAborted();
  return rows;
}

/** What builds on a check can tell something, unless that one found a problem or nothing at all. */
function isFine(findings: readonly Finding[]): boolean {
  return (
    findings.some(({ result }) => result === "ok" || result === "warn") &&
    !findings.some(({ result }) => result === "problem")
  );
}

async function limited(check: Check, context: CheckContext, limitMs: number): Promise<readonly Finding[]> {
  const limit = AbortSignal.timeout(limitMs);
  const signal = AbortSignal.any([context.signal, limit]);
  const ended = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
  try {
    return [await Promise.race([check.run({ ...context, signal }), ended])].flat();
  } catch (error) {
    if (limit.aborted)
      return [problem(`no answer within ${limitMs / 1000} s`, "Try again, or give it longer with --timeout.")];
    const [found = "", ...rest] = (error instanceof Error ? error.message : String(error)).split("\n");
    return [problem(found, rest.join(" ") || "Look at the network, the address and the service's status page.")];
  }
}
