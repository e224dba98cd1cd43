/** The proof of a recovery: a preview in which nothing that was imported is made again. */
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import type { Pulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { nameOf } from "./exported-stack.ts";
import { previewErrors } from "./preview-errors.ts";

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
export async function provePreview(
  pulumi: Pulumi,
  imported: readonly string[],
  done = "The stack is recovered",
): Promise<Plan> {
  const result = await pulumi.run("preview", "--json");
  const preview = digest.safeParse(jsonIn(result.stdout));
  if (result.code !== 0 || !preview.success) {
    throw new UserError(
      `${done}, but its preview fails: ${previewErrors(result)}`,
      "Fix that, then see with `npx --no delivery preview` what is left to do.",
    );
  }
  const { steps } = preview.data;
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
