/** The cases of the engine's table: every write of a run, and every way in which its answer, or the run, is lost. */
import fc from "fast-check";
import type { FaultRule } from "../../../sandbox/services/core/faults.ts";
import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import type { Victim } from "../../e2e/recover/killed-engine.ts";
import type { TrafficLine } from "../../e2e/support/sandbox-console.ts";

/** An operation of the engine, as its state names one that is pending. */
export type Operation = "creating" | "updating" | "deleting";

/** What is run: a first `up`, an `up` that changes things, `destroy --run-program`. */
export type Run = "up" | "update" | "destroy";

/** A write of a run: of all to its path, the one after so many others. */
export interface Write {
  /** What the engine is at. */
  readonly operation?: Operation;
  readonly service: ServiceName;
  readonly method: string;
  /** A glob: an id is another in each run. */
  readonly path: string;
  readonly skip: number;
}

/** How it is disturbed. */
export type Disturbance =
  | { readonly name: string; readonly answer: FaultRule["action"]; readonly when: FaultRule["when"] }
  | { readonly name: string; readonly victim: Victim | "plugin"; readonly when: FaultRule["when"] };

/** One cell of the table. */
export interface Case {
  readonly run: Run;
  readonly write: Write;
  readonly disturbance: Disturbance;
}

const kill = (victim: Victim | "plugin", when: "before" | "after"): Disturbance => ({
  ...{ name: `kill of the ${typeof victim === "string" ? victim : victim.plugin} ${when} the effect`, victim, when },
});
const VICTIMS = ["tree", "plugin", "engine"] as const;
const KILLS: readonly Disturbance[] = VICTIMS.flatMap((victim) => [kill(victim, "before"), kill(victim, "after")]);

/** Every write of a create and of a delete meets each of them. */
const COMPLETE: readonly Disturbance[] = [
  { name: "cut after", answer: { cut: true }, when: "after" },
  kill("tree", "after"),
  kill("plugin", "after"),
  { name: "500 after", answer: { status: 500 }, when: "after" },
  kill("engine", "after"),
  { name: "truncated", answer: { truncated: true }, when: "after" },
];
/** Some writes meet these. */
const SAMPLED: readonly Disturbance[] = VICTIMS.map((victim) => kill(victim, "before"));
/** One in so many is drawn where not all are run. */
const ONE_IN = 4;

/** An id in a path: a number, a UUID, one of Render's, a hash. */
const ID = /^(\d{2,}|[a-z]{3}-[a-z0-9]{20}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,40})$/;

/** A call as it is the same in every run: each id is a glob. */
export function callOf({ service, method, path: whole }: Pick<TrafficLine, "service" | "method" | "path">): Write {
  const [plain = ""] = whole.split("?");
  const path = plain.split("/").map((segment) => (ID.test(segment) ? "*" : segment));
  return { service: service as ServiceName, method, path: path.join("/"), skip: 0 };
}

/** Writes in their order; each knows how many like it came before. */
export function counted(writes: readonly Write[]): Write[] {
  const seen = new Map<string, number>();
  return writes.map((write) => {
    const key = `${write.service} ${write.method} ${write.path}`;
    const skip = seen.get(key) ?? 0;
    seen.set(key, skip + 1);
    return { ...write, skip };
  });
}

/**
 * The cells of all runs: complete for what creates in a first `up` and what deletes in a destroy; of the rest some, by
 * the seed. What differs by the seed comes first, the rest in an order that the seed decides: what has been run of a
 * table that was ended early is spread over all of it.
 */
export function table(writes: ReadonlyMap<Run, readonly Write[]>, seed: number): Case[] {
  const cells = [...writes].flatMap(([run, some]) =>
    some.flatMap((write) =>
      [...COMPLETE, ...SAMPLED].map((disturbance) => ({
        ...{ run, write, disturbance },
        isWhole:
          COMPLETE.includes(disturbance) &&
          ((run === "up" && write.operation === "creating") || (run === "destroy" && write.operation === "deleting")),
      })),
    ),
  );
  const rest = cells.filter(({ isWhole }) => !isWhole);
  const whole = cells.filter(({ isWhole }) => isWhole);
  return [...drawn(rest, Math.ceil(rest.length / ONE_IN), seed), ...drawn(whole, whole.length, seed)];
}

/** Some kills of a run, at instants that are spread over its writes. */
export function kills(run: Run, writes: readonly Write[], count: number, seed: number): Case[] {
  const stretch = writes.length / count;
  return Array.from({ length: count }, (_, index) => {
    const part = writes.slice(Math.floor(index * stretch), Math.max(1, Math.floor((index + 1) * stretch)));
    const cells = part.flatMap((write) => KILLS.map((disturbance) => ({ run, write, disturbance })));
    return drawn(cells, 1, seed + index);
  }).flat();
}

/** A case in words; the same in every run of the table. */
export function titleOf({ run, write: { service, method, path, skip }, disturbance }: Case): string {
  return `${run}: ${service} ${method} ${path}${skip > 0 ? ` (${skip + 1})` : ""}, ${disturbance.name}`;
}

/** Some of them, in an order of their own; both by the seed. */
export function drawn<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  if (items.length === 0) return [];
  const length = Math.min(count, items.length);
  const [some = []] = fc.sample(fc.shuffledSubarray([...items], { minLength: length, maxLength: length }), {
    seed,
    numRuns: 1,
  });
  return some;
}
