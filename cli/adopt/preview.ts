/** The engine's preview, as adoption reads it. */
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import { errorsOf, type Pulumi } from "../pulumi.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { UserError } from "../user-error.ts";

const properties = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});
const state = z.object({
  type: z.string(),
  custom: z.boolean().default(false),
  parent: z.string().optional(),
  protect: z.boolean().default(false),
  inputs: properties,
});
const step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: state.nullish(),
  newState: state.nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
});
const answer = z.object({
  steps: z.array(step).default([]),
  diagnostics: z.array(z.object({ severity: z.string().default(""), message: z.string() })).nullish(),
});

type Properties = Readonly<Record<string, unknown>>;

/** What the next `up` would do with a resource of a service. */
export interface PlannedStep {
  readonly op: string;
  readonly urn: string;
  /** The name that the program gives it. */
  readonly name: string;
  readonly type: string;
  readonly parent: string | undefined;
  readonly protect: boolean;
  /** Its inputs in the state and in the program; secret values are masked. */
  readonly before: Properties;
  readonly after: Properties;
  /** Paths of the properties that differ. */
  readonly paths: readonly string[];
}

/** A preview that ran. */
export interface Planned {
  /** Resources of services, those that stay the same too. */
  readonly steps: readonly PlannedStep[];
  readonly warnings: readonly string[];
}

/**
 * Previews the stack.
 * @param importFile where the engine writes what would be made, to be imported instead.
 * @throws UserError when the preview fails.
 */
export async function previewStack(pulumi: Pulumi, importFile?: string): Promise<Planned> {
  const result = await pulumi.run("preview", "--json", ...(importFile ? ["--import-file", importFile] : []));
  const preview = answer.safeParse(jsonIn(result.stdout));
  const told = (severity: string): string[] =>
    (preview.data?.diagnostics ?? [])
      .filter((one) => one.severity === severity)
      .map(({ message }) => message.replace(/^(warning|error):\s*/, "").trim());
  if (result.code !== 0 || !preview.success)
    throw new UserError(
      `The preview fails: ${told("error").join("\n") || errorsOf(result)}`,
      "Fix that, then adopt again.",
    );
  return { steps: preview.data.steps.flatMap(planned), warnings: told("warning") };
}

/** Whether a step changes nothing. */
export function isSame({ op }: PlannedStep): boolean {
  return op === "same" || op === "read";
}

function planned({ op, urn, oldState, newState, detailedDiff }: z.output<typeof step>): PlannedStep[] {
  const now = newState ?? oldState;
  // Components and providers are the engine's own; the services know nothing of them.
  if (!now?.custom || now.type.startsWith("pulumi:")) return [];
  return [
    {
      op,
      urn,
      name: nameOf(urn),
      type: now.type,
      parent: now.parent,
      protect: now.protect,
      before: oldState?.inputs ?? {},
      after: newState?.inputs ?? {},
      paths: Object.keys(detailedDiff ?? {}),
    },
  ];
}
