/** Reads a stack's state for its recovery, also from a backend that a full disk or a kill has damaged. */
import type { Pulumi } from "../pulumi.ts";
import { newestCopy } from "../state/copy.ts";
import { exportedState } from "../state/edit.ts";
import { UserError } from "../user-error.ts";
import { type ExportedStack, parseExportedStack } from "./exported-stack.ts";

/** The state, read and as the engine printed it. */
export interface ReadStack {
  readonly exported: ExportedStack;
  readonly exportedText: string;
}

/**
 * The stack as it is.
 * @throws UserError when the engine cannot read it: names the copy that the last `up` has left, and how it comes back.
 */
export async function readStack(pulumi: Pulumi, stack: string | undefined): Promise<ReadStack> {
  try {
    const exportedText = await exportedState(pulumi);
    return { exported: parseExportedStack(exportedText), exportedText };
  } catch (error) {
    const copy = stack === undefined ? undefined : await newestCopy(stack);
    if (copy === undefined) throw error;
    const [problem] = (error as Error).message.split("\n");
    throw new UserError(
      `${problem}`,
      `If the state is damaged, bring back the copy from before the last change, then recover again; what was made since is looked up then:\n  npx --no delivery pulumi stack import --stack ${stack} --file ${copy}\n  npx --no delivery recover`,
    );
  }
}
