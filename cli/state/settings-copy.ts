/** Settings that are tried before they stand in the stack's file. */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Pulumi, WatchablePulumi } from "../pulumi.ts";
import { rewriteWhole } from "../write-whole.ts";

/** The engine's variable for its `--config-file`. */
const CONFIG_FILE = "PULUMI_OPTION_CONFIG_FILE";

/** Does work on an engine that reads and writes a copy of the stack's file, in a folder of this user's alone. */
export async function withSettingsCopy<Result>(
  pulumi: WatchablePulumi,
  stackFile: string,
  work: (pulumi: WatchablePulumi, copy: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-settings-"));
  try {
    const copy = join(folder, basename(stackFile));
    await copyFile(stackFile, copy);
    const runWith: WatchablePulumi["runWith"] = ({ env, ...how }, ...args) =>
      pulumi.runWith({ ...how, env: { ...env, [CONFIG_FILE]: copy } }, ...args);
    return await work({ run: (...args) => runWith({}, ...args), runWith }, copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A change of the stack's file. */
export interface SettingsChange {
  readonly pulumi: WatchablePulumi;
  /** Path of the stack's file. */
  readonly stackFile: string;
  /** Makes the change through the engine. Done again when somebody else has changed the file meanwhile. */
  edit(pulumi: Pulumi): Promise<void>;
  /** What has to succeed before the file is changed. */
  readonly first?: () => Promise<void>;
}

/**
 * Changes the stack's file in one step: the engine edits a copy, which then takes the file's place. Whatever fails or is
 * interrupted before that leaves the file as it was.
 * @throws what `edit` and `first` throw.
 */
export async function changeSettings({ pulumi, stackFile, edit, first }: SettingsChange): Promise<void> {
  const edited = (): Promise<Buffer> =>
    withSettingsCopy(pulumi, stackFile, async (copied, copy) => {
      await edit(copied);
      return readFile(copy);
    });
  let before = await readFile(stackFile);
  let after = await edited();
  await first?.();
  for (let now = await readFile(stackFile); !now.equals(before); now = await readFile(stackFile)) {
    before = now;
    after = await edited();
  }
  await rewriteWhole(stackFile, after);
}
