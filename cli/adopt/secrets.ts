/** Secret variables go into the stack's file encrypted, by the engine itself. */
import { errorsOf, type WatchablePulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";

/**
 * Sets each below `delivery:secretVariables`. The values go by standard input: every process of the machine sees a
 * command's arguments.
 * @throws UserError when the engine refuses.
 */
export async function encryptVariables(
  pulumi: Pick<WatchablePulumi, "runWith">,
  secrets: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [name, value] of secrets) {
    const key = `delivery:secretVariables.${name}`;
    // Raw: a value may end in a line break.
    const result = await pulumi.runWith({ input: value }, "config", "set", "--secret", "--raw", "--path", key);
    if (result.code !== 0)
      throw new UserError(`${key} cannot be set: ${errorsOf(result)}`, "Fix that, then adopt again.");
  }
}
