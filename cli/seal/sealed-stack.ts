/** A throwaway stack made from a snapshot, which looks like the real one and holds none of its secrets. */
import type { CommandContext } from "../command-context.ts";
import { ENGINE_VERSION, ensureEngine } from "../engine/index.ts";
import type { Progress } from "../progress.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { readSnapshot, type Snapshot } from "./snapshot.ts";
import { projectOf, readStackSettings } from "./stack-settings.ts";
import { openThrowawayStack } from "./throwaway-stack.ts";

/** From what the stack is made. */
export interface SealedStackRequest {
  readonly context: CommandContext;
  readonly progress: Progress;
  /** Path of the file that `delivery seal` wrote. */
  readonly snapshot: string;
  /** The stack that is meant; it has to be the snapshot's. Left out: whichever that is. */
  readonly stack?: string | undefined;
}

/** A stack that can be previewed like any other. */
export interface SealedStack {
  /** Its name, without organization and project. */
  readonly stack: string;
  readonly pulumi: WatchablePulumi;
  /** Removes it with all that was made for it. */
  close(): Promise<void>;
}

/**
 * Makes the stack in a backend of its own, with the settings of the stack's file in the working folder. `close` has to
 * be called, also after a failure of the preview.
 * @throws UserError when the snapshot cannot be read, is of another stack or another version of the engine, or the
 * stack cannot be made; the signal's reason when aborted.
 */
export async function openSealedStack(request: SealedStackRequest): Promise<SealedStack> {
  const { context, progress, stack } = request;
  const snapshot = await readSnapshot(request.snapshot);
  const folder = process.cwd();
  await refuseAnother(snapshot, folder, stack);
  const settings = await readStackSettings(folder, snapshot.stack, context.env);
  const engine = await ensureEngine({ progress, signal: context.signal, env: context.env });
  if (engine.version !== snapshot.engine)
    throw new UserError(
      `The snapshot was made with version ${snapshot.engine} of the engine, and here is ${engine.version}.`,
      `Use the same one for both; without another on PATH it is ${ENGINE_VERSION}.`,
    );
  progress.note(
    `The snapshot is of ${snapshot.sealedAt}${snapshot.commit ? `, commit ${snapshot.commit.slice(0, 8)}` : ""}.`,
  );
  return progress.step(`Making the stack ${snapshot.stack} from its snapshot`, async () => {
    const { pulumi, close } = await openThrowawayStack({ context, engine, folder, snapshot, settings });
    return { stack: snapshot.stack, pulumi, close };
  });
}

async function refuseAnother(snapshot: Snapshot, folder: string, stack: string | undefined): Promise<void> {
  const { name } = await projectOf(folder);
  const wanted = stack?.split("/").at(-1) ?? snapshot.stack;
  if (name === snapshot.project && wanted === snapshot.stack) return;
  throw new UserError(
    `The snapshot is of the stack ${snapshot.stack} of the project ${snapshot.project}, not of ${wanted} of ${name}.`,
    "Give the snapshot that `npx --no delivery seal` made of this stack.",
  );
}
