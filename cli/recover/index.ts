/** Recovery of a stack whose engine was killed. */
import type { CommandContext } from "../command-context.ts";
import type { Progress } from "../progress.ts";
import type { Pulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { applyDecisions, releaseLock } from "./apply.ts";
import { decide } from "./decide.ts";
import type { Answers, Decision } from "./decision.ts";
import { exportStack } from "./export.ts";
import { type Plan, provePreview } from "./proof.ts";
import { recipes } from "./recipes.ts";
import { choicesText, decisionsText } from "./report.ts";
import { removeBrokenAttributes } from "./state-files.ts";

export type { Answers, Decision } from "./decision.ts";
export type { Plan } from "./proof.ts";

/** How to recover. */
export interface RecoverOptions {
  readonly pulumi: Pulumi;
  readonly context: CommandContext;
  readonly progress: Progress;
  /** What the user has said about what the services cannot tell. */
  readonly answers: Answers;
  /** Shown the decisions, before anything is changed; false ends without a change. */
  confirm(decisions: readonly Decision[]): Promise<boolean>;
}

/** What was done. */
export interface Recovery {
  readonly decisions: readonly Decision[];
  /** What the next `up` has to do; absent when nothing was interrupted. */
  readonly plan?: Plan;
}

/**
 * Settles every interrupted operation of the stack and proves the result with a preview. Without any, only the lock of a
 * killed engine goes.
 * @throws UserError when something has to be decided by the user, is not confirmed, or fails.
 */
export async function recover(options: RecoverOptions): Promise<Recovery> {
  const { pulumi, context, progress, answers, confirm } = options;
  const { env, signal } = context;
  const stack = await progress.step("Reading the state", async () => {
    await removeBrokenAttributes(pulumi);
    return exportStack(pulumi);
  });
  refuseUnknown(answers, new Set(stack.pending.map(({ resource }) => resource.urn)));
  if (stack.pending.length === 0) {
    await releaseLock(pulumi, stack);
    return { decisions: [] };
  }
  const decisions = await progress.step("Asking the services what exists", () =>
    Promise.all(stack.pending.map((operation) => decide(operation, { stack, recipes, answers, env, signal }))),
  );
  if (decisions.some(({ action }) => action === "ask")) {
    throw new UserError(`${decisionsText(decisions)}\nNothing was changed.`, choicesText(decisions));
  }
  if (!(await confirm(decisions))) {
    throw new UserError("Nothing was changed.", "Run it again with --yes to do what is said above.");
  }
  await applyDecisions(pulumi, stack, decisions, progress);
  const imported = decisions.filter(({ action }) => action === "import").map(({ operation }) => operation.resource.urn);
  return { decisions, plan: await progress.step("Previewing", () => provePreview(pulumi, imported)) };
}

function refuseUnknown(answers: Answers, pending: ReadonlySet<string>): void {
  const unknown = [...answers.keys()].filter((urn) => !pending.has(urn));
  if (unknown.length === 0) return;
  throw new UserError(`No operation is pending on ${unknown.join(", ")}.`, "Run `delivery recover` to see what is.");
}
