/** Reads a stack's state through the engine. */
import { errorsOf, type Pulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { type ExportedStack, parseExportedStack } from "./exported-stack.ts";

/** The stack as it is. Throws UserError when the engine cannot export it. */
export async function exportStack(pulumi: Pulumi): Promise<ExportedStack> {
  const result = await pulumi.run("stack", "export");
  if (result.code === 0) return parseExportedStack(result.stdout);
  throw new UserError(
    `The stack's state cannot be read: ${errorsOf(result)}`,
    "Run this in the folder of the Pulumi project, logged in, with the stack selected or named by --stack.",
  );
}
