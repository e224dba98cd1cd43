/** Rules that make calls fail on purpose. */
import { z } from "zod";
import type { ServiceName } from "./service.ts";

const action = z.union([
  z.strictObject({ status: z.int().min(200).max(599), body: z.json().optional() }),
  // What stands between a program and a service answers so: a proxy, a maintenance page.
  z.strictObject({ status: z.int().min(200).max(599), text: z.string(), type: z.string().default("text/html") }),
  // The service's own answer, of which the second half is missing.
  z.strictObject({ truncated: z.literal(true) }),
  z.strictObject({ delayMs: z.int().min(1).max(600_000) }),
  // The connection: before any answer, or in the middle of the answer's body.
  z.strictObject({ cut: z.union([z.literal(true), z.literal("body")]) }),
  // What stands between sends the call once more, and passes the second answer on.
  z.strictObject({ doubled: z.literal(true) }),
  z.strictObject({ rateLimit: z.strictObject({ retryAfterSeconds: z.int().min(0).max(3600) }) }),
]);

/** A rule as it is posted to `/_sandbox/faults`. */
export const faultRule = z.strictObject({
  service: z.enum(["github", "circleci", "sentry", "render"]),
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .optional(),
  /** A glob over the path without its query: `*` stands for one segment, `**` for any number. */
  path: z.string().startsWith("/").optional(),
  /** A regular expression over the path with its query. */
  pathPattern: z.string().refine(isPattern, "is not a regular expression").optional(),
  /** "before": the service never sees the call. "after": it has taken effect, and only the answer is lost or replaced. */
  when: z.enum(["before", "after"]).default("before"),
  action,
  /** Matching calls to let pass first. */
  skip: z.int().min(0).default(0),
  /** How many calls to hit. */
  times: z.union([z.int().min(1), z.literal("always")]).default(1),
  /** Count `skip` and `times` for every method and path apart: with `times: 2`, each distinct call is hit twice. */
  each: z.boolean().default(false),
  /** A call that is hit waits until the rule is taken back, and meets the action then. */
  held: z.boolean().default(false),
});

export type FaultAction = z.infer<typeof action>;
export type FaultRule = z.infer<typeof faultRule>;

/** A rule in force. */
export interface ActiveFault extends FaultRule {
  readonly id: number;
  /** Calls that it has hit. */
  readonly hits: number;
}

/** A rule that a call has met. */
export interface MetFault extends FaultRule {
  /** Resolves when a rule that holds its calls is taken back; the action is due then. */
  readonly due?: Promise<void> | undefined;
}

/** The rules in force, oldest first. */
export interface Faults {
  add(rule: FaultRule): ActiveFault;
  list(): readonly ActiveFault[];
  /** True when the rule existed. */
  remove(id: number): boolean;
  clear(): void;
  /** The rule that this call meets now, counted as used. */
  take(call: { service: ServiceName; method: string; path: string }): MetFault | undefined;
}

/** An empty rule list. */
export function createFaults(): Faults {
  let count = 0;
  const active = new Map<number, ActiveFault>();
  /** Matching calls so far, by rule and by what the rule counts apart. */
  const met = new Map<string, number>();
  const holds = new Map<number, PromiseWithResolvers<void>>();
  const release = (id: number): void => {
    holds.get(id)?.resolve();
    holds.delete(id);
  };
  return {
    add(rule) {
      count += 1;
      const fault = { ...rule, id: count, hits: 0 };
      active.set(count, fault);
      if (rule.held) holds.set(count, Promise.withResolvers());
      return fault;
    },
    list: () => [...active.values()],
    remove(id) {
      release(id);
      return active.delete(id);
    },
    clear() {
      for (const id of active.keys()) release(id);
      active.clear();
      met.clear();
    },
    take(call) {
      for (const fault of active.values()) {
        if (!matches(fault, call)) continue;
        const counter = fault.each ? `${fault.id} ${call.method} ${call.path}` : String(fault.id);
        const before = met.get(counter) ?? 0;
        const isUsedUp = fault.times !== "always" && before >= fault.skip + fault.times;
        if (isUsedUp) continue;
        met.set(counter, before + 1);
        if (before < fault.skip) continue;
        active.set(fault.id, { ...fault, hits: fault.hits + 1 });
        return { ...fault, due: holds.get(fault.id)?.promise };
      }
      return undefined;
    },
  };
}

function matches(rule: FaultRule, call: { service: ServiceName; method: string; path: string }): boolean {
  if (rule.service !== call.service) return false;
  if (rule.method !== undefined && rule.method !== call.method) return false;
  if (rule.pathPattern !== undefined && !new RegExp(rule.pathPattern).test(call.path)) return false;
  const [pathOnly = ""] = call.path.split("?");
  return rule.path === undefined || globPattern(rule.path).test(pathOnly);
}

function globPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*)/).map((part) => {
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
