/** Keeps `up` from running over interrupted operations: it would warn, end well, and make what exists a second time. */
import { UserError } from "../user-error.ts";
import { nameOf, parseExportedStack } from "./exported-stack.ts";

/**
 * Refuses when an operation is pending.
 * @param exported the output of `pulumi stack export`.
 * @param command the command that recovers this stack, for the message.
 * @throws UserError that names the resources and the command.
 */
export function refusePendingOperations(exported: string, command: string): void {
  const { pending } = parseExportedStack(exported);
  if (pending.length === 0) return;
  const named = pending.map(({ resource, type }) => `${nameOf(resource.urn)} (${type})`).join(", ");
  throw new UserError(
    `An earlier run was interrupted while it was at work on ${named}. Another \`up\` could make things a second time.`,
    `Run \`${command}\` first: it finds out what exists and fixes the state.`,
  );
}
