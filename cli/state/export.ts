/** A stack's state as text, where there may be none. */
import type { Pulumi } from "../pulumi.ts";

/**
 * The output of `pulumi stack export`; undefined without a readable stack: then nothing is pending in it, and the Pulumi
 * CLI says better what is wrong.
 */
export async function exportIfReadable(pulumi: Pulumi): Promise<string | undefined> {
  const { code, stdout } = await pulumi.run("stack", "export");
  return code === 0 ? stdout : undefined;
}
