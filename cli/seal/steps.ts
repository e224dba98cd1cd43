/** What a preview would do, so that two previews can be compared. */
import { z } from "zod";
import { nameOf } from "../recover/exported-stack.ts";

const previewSchema = z.object({
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        diffReasons: z.array(z.string()).nullish(),
        detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
      }),
    )
    .nullish(),
});

/** What is done with a resource: the operations, and what differs. */
export interface ResourceSteps {
  readonly operations: readonly string[];
  readonly differences: readonly string[];
}

/** Steps by URN; a resource that is the same is not in it. */
export type Steps = ReadonlyMap<string, ResourceSteps>;

/** Steps that are none. */
const NOTHING = ["same", "read", "refresh"];

/** Reads the output of `pulumi preview --json`. Throws ZodError, or SyntaxError, when it is none. */
export function stepsOf(output: string): Steps {
  const steps = new Map<string, ResourceSteps>();
  for (const { op, urn, diffReasons, detailedDiff } of previewSchema.parse(JSON.parse(output)).steps ?? []) {
    if (NOTHING.includes(op)) continue;
    const detailed = Object.entries(detailedDiff ?? {}).map(([path, { kind }]) => `${path} (${kind})`);
    const before = steps.get(urn) ?? { operations: [], differences: [] };
    const differences = new Set([...before.differences, ...(detailed.length > 0 ? detailed : (diffReasons ?? []))]);
    steps.set(urn, { operations: [...before.operations, op], differences: [...differences].toSorted() });
  }
  return steps;
}

/** Where two previews differ, a phrase each, naming resource and property. */
export function differencesBetween(real: Steps, sealed: Steps): string[] {
  const none: ResourceSteps = { operations: ["same"], differences: [] };
  return [...new Set([...real.keys(), ...sealed.keys()])].flatMap((urn) => {
    const [expected, found] = [real.get(urn) ?? none, sealed.get(urn) ?? none];
    const [name, type] = [nameOf(urn), urn.split("::")[2]?.split("$").at(-1)];
    if (expected.operations.join() !== found.operations.join())
      return [
        `${name} (${type}): ${found.operations.join(", ")}${ofWhat(found)} instead of ${expected.operations.join(", ")}${ofWhat(expected)}`,
      ];
    const more = found.differences.filter((path) => !expected.differences.includes(path));
    const less = expected.differences.filter((path) => !found.differences.includes(path));
    if (more.length + less.length === 0) return [];
    const phrases = [...more.map((path) => `${path} too many`), ...less.map((path) => `${path} missing`)];
    return [`${name} (${type}): ${phrases.join(", ")}`];
  });
}

function ofWhat({ differences }: ResourceSteps): string {
  return differences.length > 0 ? ` of ${differences.join(", ")}` : "";
}
