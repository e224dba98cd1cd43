/** The proof of a recovery: a preview in which nothing that was imported is made again. */
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import type { Pulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { nameOf } from "./exported-stack.ts";
import { previewErrors } from "./preview-errors.ts";

const RECOVERED = "The stack is recovered";

/** A step of a preview. */
export interface Step {
  readonly op: string;
  readonly urn: string;
}

const digest = z.object({
  steps: z.array(z.object({ op: z.string(), urn: z.string() })).default([]),
});

/** How many resources the next `up` creates, updates, ... */
export type Plan = Readonly<Record<string, number>>;

/**
 * Previews the stack.
 * @param done what was done before, for messages.
 * @throws UserError when the preview fails, or plans to make, replace or delete what was imported.
 */
export async function provePreview(pulumi: Pulumi, imported: readonly string[], done = RECOVERED): Promise<Plan> {
  const result = await pulumi.run("preview", "--json");
  const preview = digest.safeParse(jsonIn(result.stdout));
  if (result.code !== 0 || !preview.success) {
    throw previewFails(previewErrors(result), done);
  }
  return planOf(preview.data.steps, imported, done);
}

/**
 * The same for a preview that there is already.
 * @param steps its steps, of the state as it is now.
 * @throws UserError when it plans to make, replace or delete what was imported.
 */
export function planOf(steps: readonly Step[], imported: readonly string[], done = RECOVERED): Plan {
  const wrong = steps.filter(({ op, urn }) => imported.includes(urn) && !["same", "update"].includes(op));
  if (wrong.length > 0) {
    const named = wrong.map(({ op, urn }) => `${nameOf(urn)} (${op})`).join(", ");
    throw new UserError(
      `${done}, but the next \`up\` would not keep what was imported: ${named}.`,
      "Look at `npx --no delivery preview`: the program declares something else than what exists.",
    );
  }
  const counts: Record<string, number> = {};
  for (const { op } of steps.filter(({ op }) => op !== "same")) counts[op] = (counts[op] ?? 0) + 1;
  return counts;
}

/** What is recovered stays so; only what the next `up` does is not known. */
export function previewFails(problem: string, done = RECOVERED): UserError {
  return new UserError(
    `${done}, but its preview fails: ${problem}`,
    "Fix that, then see with `npx --no delivery preview` what is left to do.",
  );
}
