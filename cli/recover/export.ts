/** Reads a stack's state through the engine. */
import type { Pulumi } from "../pulumi.ts";
import { exportedState } from "../state/edit.ts";
import { type ExportedStack, parseExportedStack } from "./exported-stack.ts";

/** The stack as it is. Throws UserError when the engine cannot export it. */
export async function exportStack(pulumi: Pulumi): Promise<ExportedStack> {
  return parseExportedStack(await exportedState(pulumi));
}
