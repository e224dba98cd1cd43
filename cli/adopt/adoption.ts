/** What an adoption is asked to do, what it would write, and what it did. */
import type { CommandContext } from "../command-context.ts";
import type { Progress } from "../progress.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import type { GivenNames } from "./around.ts";
import type { Discovery } from "./discover.ts";
import type { GivenApplication } from "./names.ts";
import type { FileChange } from "./stack-file.ts";
import type { Stricter } from "./stricter.ts";

/** How to adopt. */
export interface AdoptRequest {
  readonly pulumi: WatchablePulumi;
  readonly context: CommandContext;
  readonly progress: Progress;
  readonly stack: string;
  /** The stack's file. */
  readonly path: string;
  readonly given: GivenNames & GivenApplication;
  /** Whether nothing is written at all. */
  readonly dryRun: boolean;
  /** Whether state and file stay as they are when the proof fails. */
  readonly keep: boolean;
  /** Shown what was found before anything is written; false ends without a change. */
  confirm(plan: AdoptionPlan): Promise<boolean>;
}

/** What is to be written. */
export interface AdoptionPlan {
  readonly found: Discovery;
  readonly changes: readonly FileChange[];
  /** The text of the stack's file, without the secrets that the engine will encrypt. */
  readonly text: string;
}

/** What was done. */
export interface Adoption extends AdoptionPlan {
  readonly imported: readonly string[];
  /** Where the file is kept as it was; undefined when it did not change. */
  readonly backup: string | undefined;
  readonly warnings: readonly string[];
  /** What could be made stricter. */
  readonly stricter: readonly Stricter[];
  /** Arguments that are kept as found, and what the chain would give. */
  readonly kept: readonly Stricter[];
}

/** Throws UserError unless the plan is agreed to. */
export async function agree({ confirm }: Pick<AdoptRequest, "confirm">, plan: AdoptionPlan): Promise<void> {
  if (await confirm(plan)) return;
  throw new UserError("Nothing was changed.", "Run it again with --yes to do what is said above.");
}
