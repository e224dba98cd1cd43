/** The cases of the engine's table: every write of a run, and every way in which its answer, or the run, is lost. */
import fc from "fast-check";
import type { FaultRule } from "../../../sandbox/services/core/faults.ts";
import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import type { Victim } from "../../e2e/recover/killed-engine.ts";
import type { TrafficLine } from "../../e2e/support/sandbox-console.ts";

/** What is run: a first `up`, an `up` that changes things, `destroy --run-program`. */
export type Run = "up" | "update" | "destroy";

/** A write of a run: of all to its path, the one after so many others. */
export interface Write {
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

const KILLS: readonly Disturbance[] = (["engine", "plugin", "tree"] as const).flatMap((victim) =>
  (["before", "after"] as const).map((when) => ({ name: `kill of the ${victim} ${when} the effect`, victim, when })),
);

const ANSWERS: readonly Disturbance[] = [
  { name: "500 after", answer: { status: 500 }, when: "after" },
  { name: "cut after", answer: { cut: true }, when: "after" },
  { name: "truncated", answer: { truncated: true }, when: "after" },
];

/** An id in a path: a number, a UUID, one of Render's, a hash. */
const ID = /^(\d+|[a-z]{3}-[a-z0-9]{20}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,40})$/;

/** The writes that were recorded, each once. */
export function writesIn(traffic: readonly TrafficLine[]): Write[] {
  const seen = new Map<string, number>();
  return traffic
    .filter(({ method }) => method !== "GET")
    .map(({ service, method, path: whole }) => {
      const [plain = ""] = whole.split("?");
      const path = plain
        .split("/")
        .map((segment) => (ID.test(segment) ? "*" : segment))
        .join("/");
      const key = `${service} ${method} ${path}`;
      const skip = seen.get(key) ?? 0;
      seen.set(key, skip + 1);
      return { service: service as ServiceName, method, path, skip };
    });
}

/** Every cell of a run; of an update's writes and of a create's further ones, one in three of each, by the seed. */
export function table(run: Run, writes: readonly Write[], seed: number): Case[] {
  const all = (some: readonly Write[]): Case[] =>
    some.flatMap((write) => [...ANSWERS, ...KILLS].map((disturbance) => ({ run, write, disturbance })));
  const isWhole = ({ method }: Write): boolean =>
    (run === "up" && method === "POST") || (run === "destroy" && method === "DELETE");
  const rest = all(writes.filter((write) => !isWhole(write)));
  return [...all(writes.filter(isWhole)), ...drawn(rest, Math.ceil(rest.length / 3), seed)];
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

function drawn<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  if (items.length === 0) return [];
  const length = Math.min(count, items.length);
  const [some = []] = fc.sample(fc.shuffledSubarray([...items], { minLength: length, maxLength: length }), {
    seed,
    numRuns: 1,
  });
  return some;
}
