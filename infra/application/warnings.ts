/** Tells of what will mostly not work with the application as it is. */
import { getStack, log } from "@pulumi/pulumi";
import { onStack } from "../../lib/stack-commands.ts";
import type { ApplicationSettings } from "./examined.ts";
import { applicationFindings } from "./findings.ts";

/** Warns, with the fix of each. */
export function warnOfApplication(configuration: ApplicationSettings): void {
  for (const { key, problem, mend } of applicationFindings(configuration).warnings)
    log.warn(`${key} ${problem}.\n    ${onStack(mend, getStack())}`);
}
