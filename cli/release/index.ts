/** Leaving one service: its part of the chain goes from the state and the stack's file, and stays at the vendor. */

import { dirname } from "node:path";
import type { PartName } from "../../infra/parts.ts";
import type { Progress } from "../progress.ts";
import { errorsOf, type WatchablePulumi } from "../pulumi.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import { type Plan, provePreview } from "../recover/proof.ts";
import { editState, exportedState } from "../state/edit.ts";
import { parseState, resourcesIn, type StateResource, withoutResources } from "../state/resources.ts";
import { changeSettings } from "../state/settings-copy.ts";
import { UserError } from "../user-error.ts";
import { resourcesOf } from "./parts.ts";
import { refuseNeededPart } from "./refusal.ts";

/** How to release. */
export interface ReleaseOptions {
  readonly pulumi: WatchablePulumi;
  readonly progress: Progress;
  readonly part: PartName;
  /** Path of the stack's file. */
  readonly stackFile: string;
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
  const { pulumi, progress, part, confirm, stackFile } = options;
  const shown = await progress.step("Reading the state", () => exportedState(pulumi));
  refusePendingOperations(shown, "npx --no delivery recover");
  const state = parseState(shown);
  const resources = resourcesOf(part, resourcesIn(state));
  if (resources.length === 0)
    throw new UserError(
      `The stack has no ${part}.`,
      `Nothing was changed. Whether it is to get one: npm run pulumi -- config get delivery:${part}.`,
    );
  await refuseNeededPart(part, resourcesIn(state), pulumi);
  if (!(await confirm(resources))) return undefined;

  await progress.step(`Releasing ${part}`, () =>
    changeSettings({
      pulumi,
      stackFile,
      async edit(copied) {
        const off = await copied.run("config", "set", `delivery:${part}`, "off", "--plaintext");
        if (off.code !== 0)
          throw new UserError(`delivery:${part} cannot be set to off: ${errorsOf(off)}`, "Nothing was changed.");
      },
      // The state first: an `up` on a file that says `off` would delete what is still in the state.
      async first() {
        await editState({
          pulumi,
          action: `Releasing ${part}`,
          agreed: resources,
          concerned: (now) => resourcesOf(part, resourcesIn(now)),
          change: (now, gone) => withoutResources(now, new Set(gone.map(({ urn }) => urn))),
          folder: dirname(stackFile),
        });
      },
    }),
  );
  const plan = await progress.step("Previewing", () => provePreview(pulumi, [], `The ${part} is released`));
  return { resources, plan };
}
