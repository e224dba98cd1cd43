/** Texts of a stack's file that stand there without quotes, and that the Pulumi CLI reads as something else. */
import type { z } from "zod";
import { isText } from "./configuration-fields.ts";
import { IN_QUOTES, keyAt, type Problem, valueAt } from "./configuration-problems.ts";
import { fieldAt } from "./schema-field.ts";
import { plainScalars } from "./yaml-scalars.ts";

/** How the CLI writes a time, in Go's own format. */
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [-+]\d{4} \w+$/;

/**
 * The problems of values that would be deployed as others than are written: `0755` as 493, `1_000` as 1000, `True` as
 * true, `2024-01-31` as a time. A number where a number is asked for is one however it is written.
 * @param raw what the CLI has made of the namespace's values.
 * @param file what stands in the stack's file.
 */
export function unquotedProblems(namespace: string, schema: z.ZodType, raw: unknown, file: string): Problem[] {
  return plainScalars(file).flatMap(({ path: [first = "", ...rest], source }) => {
    const [ofWhat, name = ""] = String(first).split(":");
    const path = [name, ...rest];
    const field = ofWhat === namespace && fieldAt(schema, path);
    const given = valueAt(raw, path);
    if (!field || !isChanged(given, source) || (!isText(field) && typeof given !== "string")) return [];
    const problem = "stands without quotes, and is read as another value than is written";
    return [{ key: keyAt(namespace, path), problem, mend: IN_QUOTES }];
  });
}

/** A value that is configured elsewhere, too, is not the file's. One that the schema refuses is told by that. */
function isChanged(given: unknown, source: string): boolean {
  if (typeof given === "string") return given !== source && TIME.test(given);
  return (typeof given === "boolean" || Number.isSafeInteger(given)) && String(given) !== source;
}
