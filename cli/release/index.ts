/** Leaving one service: its part of the chain goes from the state and the stack's file, and stays at the vendor. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../progress.ts";
import { errorsOf, type Pulumi } from "../pulumi.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import { type Plan, provePreview } from "../recover/proof.ts";
import { UserError } from "../user-error.ts";
import { type Part, resourcesOf } from "./parts.ts";
import { refuseNeededPart } from "./refusal.ts";
import { parseState, resourcesIn, type StateResource, withoutResources } from "./state.ts";

/** How to release. */
export interface ReleaseOptions {
  readonly pulumi: Pulumi;
  readonly progress: Progress;
  readonly part: Part;
  /** Shown what is to go, before anything is changed; false ends without a change. */
  confirm(resources: readonly StateResource[]): Promise<boolean>;
}

/** What was done. */
export interface Released {
  /** Components too, which exist only in the state. */
  readonly resources: readonly StateResource[];
  /** What the next `up` has to do. */
  readonly plan: Plan;
}

/**
 * Drops a part from the state, sets it `off` in the stack's file, and looks with a preview what the next `up` does. No
 * service is told of it.
 * @returns undefined when it was not confirmed; then nothing was changed.
 * @throws UserError when the stack has no such part, something else needs it, or the engine fails.
 */
export async function release(options: ReleaseOptions): Promise<Released | undefined> {
  const { pulumi, progress, part, confirm } = options;
  const before = await progress.step("Reading the state", () => exportedState(pulumi));
  refusePendingOperations(before, "delivery recover");
  const state = parseState(before);
  const resources = resourcesOf(part, resourcesIn(state));
  if (resources.length === 0)
    throw new UserError(
      `The stack has no ${part}.`,
      `Nothing was changed. Whether it is to get one: pulumi config get delivery:${part}.`,
    );
  await refuseNeededPart(part, resourcesIn(state), pulumi);
  if (!(await confirm(resources))) return undefined;

  const after = withoutResources(state, new Set(resources.map(({ urn }) => urn)));
  await progress.step(`Releasing ${part}`, async () => {
    await importState(pulumi, JSON.stringify(after));
    const off = await pulumi.run("config", "set", `delivery:${part}`, "off", "--plaintext");
    if (off.code === 0) return;
    await importState(pulumi, before);
    throw new UserError(`delivery:${part} cannot be set to off: ${errorsOf(off)}`, "The state is as it was.");
  });
  const plan = await progress.step("Previewing", () => provePreview(pulumi, [], `The ${part} is released`));
  return { resources, plan };
}

async function exportedState(pulumi: Pulumi): Promise<string> {
  const result = await pulumi.run("stack", "export");
  if (result.code === 0) return result.stdout;
  throw new UserError(
    `The stack's state cannot be read: ${errorsOf(result)}`,
    "Run this in the folder of the Pulumi project, logged in, with the stack selected or named by --stack.",
  );
}

async function importState(pulumi: Pulumi, state: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-release-"));
  try {
    const file = join(folder, "state.json");
    await writeFile(file, state);
    const result = await pulumi.run("stack", "import", "--file", file);
    if (result.code === 0) return;
    throw new UserError(`The state cannot be written: ${errorsOf(result)}`, "Mend that, then run it again.");
  } finally {
    await rm(folder, { recursive: true });
  }
}
