/** The file that a plan is written to. Only this user may read it, from its first byte on. */
import { chmod, open, rm, stat } from "node:fs/promises";
import { UserError } from "../user-error.ts";

/**
 * Has the file there before the engine writes its plan: a file that the engine makes can be read by everybody.
 * Source: Pulumi, "pkg/cmd/pulumi/plan/plan.go" (`os.Create`, which leaves the mode of a file as it is).
 * @returns what takes it away again unless something was written.
 * @throws UserError when it cannot be written.
 */
export async function preparePlanFile(file: string): Promise<{ discardEmpty(): Promise<void> }> {
  try {
    const handle = await open(file, "a", 0o600);
    await handle.close();
    await chmod(file, 0o600);
  } catch (error) {
    throw new UserError(`The plan cannot be written: ${(error as Error).message}.`, "Give another path.");
  }
  return {
    async discardEmpty() {
      const { size } = await stat(file).catch(() => ({ size: 1 }));
      if (size === 0) await rm(file, { force: true });
    },
  };
}
