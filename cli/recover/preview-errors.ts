/** Why a preview of the engine has failed. */
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import { errorsOf, type PulumiResult } from "../pulumi.ts";

const digest = z.object({
  diagnostics: z.array(z.object({ severity: z.string().default(""), message: z.string() })).nullish(),
});

/** What a failed `pulumi preview --json` says is wrong: the errors in its answer, else what the engine said instead of one. */
export function previewErrors(result: PulumiResult): string {
  const { data } = digest.safeParse(jsonIn(result.stdout));
  const errors = data?.diagnostics?.filter(({ severity }) => severity === "error") ?? [];
  return errors.map(({ message }) => message.trim()).join("\n") || errorsOf(result);
}
