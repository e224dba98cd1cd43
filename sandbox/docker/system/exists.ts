/** Looks whether a path is there. */
import { access } from "node:fs/promises";

/** True when there is something at this path that this user may see. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
