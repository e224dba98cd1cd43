/** Settings that are tried before they stand in the stack's file. */
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { WatchablePulumi } from "../pulumi.ts";

/** The engine's variable for its `--config-file`. */
const CONFIG_FILE = "PULUMI_OPTION_CONFIG_FILE";

/** Does work on an engine that reads and writes a copy of the stack's file, in a folder of this user's alone. */
export async function withSettingsCopy<Result>(
  pulumi: WatchablePulumi,
  stackFile: string,
  work: (pulumi: WatchablePulumi) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-settings-"));
  try {
    const copy = join(folder, basename(stackFile));
    await copyFile(stackFile, copy);
    const runWith: WatchablePulumi["runWith"] = ({ env, ...how }, ...args) =>
      pulumi.runWith({ ...how, env: { ...env, [CONFIG_FILE]: copy } }, ...args);
    return await work({ run: (...args) => runWith({}, ...args), runWith });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
