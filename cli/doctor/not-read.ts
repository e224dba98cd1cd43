/** What to do about a configuration that the Pulumi CLI cannot read. */
import type { Problem } from "../../lib/configuration-problems.ts";

/**
 * The problem with its fix.
 * @param failure the Pulumi CLI's own words, which name a line and no file.
 * @param stack the stack that was read; undefined when none is selected.
 */
export function notRead(failure: string, stack: string | undefined): Problem {
  return { key: "The configuration", problem: `cannot be read: ${failure}`, mend: fixOf(failure, stack) };
}

function fixOf(failure: string, stack: string | undefined): string {
  if (stack === undefined || /no stack (?:named|is selected)/i.test(failure))
    return "Name the stack with --stack, in the folder of the delivery program; `npm run pulumi -- stack ls` lists the stacks.";
  const file = `Pulumi.${stack}.yaml`;
  // Go's JSON has no such numbers, so the value is lost before any program sees it.
  if (/unsupported value: (?:[+-]?Inf|NaN)/.test(failure))
    return `${file} has .inf or .nan as a value: write it in quotes.`;
  if (/invalid YAML/i.test(failure)) return `Fix the YAML of ${file} there: a quote, a bracket or an indent, mostly.`;
  return `Fix what it names, in ${file} or in Pulumi.yaml.`;
}
