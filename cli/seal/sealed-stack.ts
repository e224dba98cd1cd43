/** A throwaway stack made from a snapshot, which looks like the real one and holds none of its secrets. */
import type { CommandContext } from "../command-context.ts";
import type { Progress } from "../progress.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";

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
 * Makes the stack in a backend of its own. `close` has to be called, also after a failure of the preview.
 * @throws UserError when the snapshot cannot be read, or is of another stack or another version of the engine.
 */
export function openSealedStack(request: SealedStackRequest): Promise<SealedStack> {
  return Promise.reject(new UserError(`${request.snapshot} cannot be opened yet.`, "Preview without it."));
}
