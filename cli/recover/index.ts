/** Recovery of a stack after whatever interrupted its last run. */
import type { CommandContext } from "../command-context.ts";
import type { Progress } from "../progress.ts";
import type { Pulumi, WatchablePulumi } from "../pulumi.ts";
import { nextStepAfter } from "../pulumi-refusals.ts";
import { changeStack } from "../state/locked-stack.ts";
import { UserError } from "../user-error.ts";
import { applyDecisions, releaseLock } from "./apply.ts";
import { decide } from "./decide.ts";
import type { Answers, Decision } from "./decision.ts";
import { doubles } from "./doubles.ts";
import { type Claim, claimsText, importChoices } from "./existing.ts";
import { exportStack } from "./export.ts";
import type { ExportedStack } from "./exported-stack.ts";
import { failedSince } from "./failed-since.ts";
import { holderOf } from "./other-stacks.ts";
import { type Planned, planned } from "./planned.ts";
import { type Plan, planOf, previewFails } from "./proof.ts";
import { readStack } from "./read-stack.ts";
import { recipes } from "./recipes.ts";
import { choicesText, decisionsText, staleText } from "./report.ts";
import { settleExisting } from "./settle-existing.ts";
import { type Stale, staleResources } from "./stale.ts";

export type { Answers, Decision } from "./decision.ts";
export type { Claim } from "./existing.ts";
export type { Plan } from "./proof.ts";
export type { Stale } from "./stale.ts";

/** How to recover. */
export interface RecoverOptions {
  readonly pulumi: WatchablePulumi;
  readonly context: CommandContext;
  readonly progress: Progress;
  /** The stack's name; undefined when not even that can be read. */
  readonly stack: string | undefined;
  /** The engine on another stack of the backend. */
  openStack(stack: string): Promise<Pulumi>;
  /** What the user has said about what the services cannot tell. */
  readonly answers: Answers;
  /** Shown what is to be done, before anything is changed; false ends without a change. */
  confirm(what: string): Promise<boolean>;
  /** Asked of one object that may be somebody else's. */
  isOurs(what: string): Promise<boolean>;
}

/** What was done. */
export interface Recovery {
  /** About what was interrupted. */
  readonly decisions: readonly Decision[];
  /** What was read again. */
  readonly refreshed: readonly Stale[];
  /** What a failed update had made without its answer having arrived. */
  readonly imported: readonly Claim[];
  /** What could not be looked at, and what a person has to see to. */
  readonly notes: readonly string[];
  /** What the next `up` has to do; absent when there was nothing to recover. */
  readonly plan?: Plan;
}

/**
 * Settles every interrupted operation of the stack, then looks for what an interruption leaves without a mark: what is
 * gone or has failed, and what exists without being in the state. Proves the result with a preview.
 * @throws UserError when something has to be decided by the user, is not confirmed, or fails.
 */
export async function recover(options: RecoverOptions): Promise<Recovery> {
  const { pulumi, context, progress, answers } = options;
  const stack = await progress.step("Reading the state", () => readStack(pulumi, options.stack));
  const early = await refuseUnknown(options, stack.exported);
  const decisions = await settlePending(options, stack.exported);
  const refreshed = await settleStale(options);
  const isAsBefore = decisions.length + refreshed.stale.length === 0;
  const existing = await settleExisting({
    ...{ pulumi, progress, recipes, answers, env: context.env, signal: context.signal },
    failedSince: await failedSince(pulumi),
    holder: holderOf(pulumi, options.stack, options.openStack),
    agree: (claims) => options.confirm(`A failed update has made this:\n\n${claimsText(claims)}`),
    isOurs: (claim) => options.isOurs(claimsText([claim])),
    ...(isAsBefore && early && { previewed: early }),
  });
  const around = { stack: await exportStack(pulumi), env: context.env, signal: context.signal };
  const notes = [...refreshed.notes, ...existing.problems, ...(await doubles(recipes, around))];
  if (existing.left.length > 0)
    throw new UserError(
      `These exist already, and nothing proves that this stack has made them:\n\n${claimsText(existing.left)}`,
      `Import what is this stack's; for anything else choose another name, or delete it at the service:\n${importChoices(existing.left)}`,
    );
  const done = { decisions, refreshed: refreshed.stale, imported: existing.imported, notes };
  const isNothing = decisions.length + refreshed.stale.length + existing.imported.length === 0;
  if (existing.unpreviewed !== undefined)
    throw isNothing ? unpreviewed(existing.unpreviewed) : previewFails(existing.unpreviewed);
  if (isNothing) return done;
  const urns = [
    ...decisions.filter(({ action }) => action === "import").map(({ operation }) => operation.resource.urn),
    ...existing.imported.map(({ resource }) => resource.urn),
  ];
  return { ...done, plan: planOf(existing.steps, urns) };
}

async function settlePending(options: RecoverOptions, stack: ExportedStack): Promise<readonly Decision[]> {
  const { pulumi, context, progress, answers } = options;
  const { env, signal } = context;
  if (stack.pending.length === 0) {
    await releaseLock(pulumi, stack);
    return [];
  }
  const decisions = await progress.step("Asking the services what exists", () =>
    Promise.all(stack.pending.map((operation) => decide(operation, { stack, recipes, answers, env, signal }))),
  );
  if (decisions.some(({ action }) => action === "ask")) {
    throw new UserError(`${decisionsText(decisions)}\nNothing was changed.`, choicesText(decisions));
  }
  await agreeTo(options, decisionsText(decisions));
  await applyDecisions(pulumi, stack, decisions, progress);
  return decisions;
}

async function settleStale(options: RecoverOptions): Promise<{ stale: readonly Stale[]; notes: readonly string[] }> {
  const { pulumi, context, progress } = options;
  const { exportedText } = await readStack(pulumi, options.stack);
  const found = await progress.step("Comparing with the services", () => staleResources(pulumi, exportedText, context));
  if (found.stale.length === 0) return found;
  await agreeTo(options, staleText(found.stale));
  const targets = found.stale.flatMap(({ urn }) => ["--target", urn]);
  await progress.step(`Reading ${found.stale.length} of them again`, () =>
    changeStack(pulumi, "refresh", "--run-program", ...targets, "--yes", "--skip-preview"),
  );
  return found;
}

/** Without a preview nobody knows what is missing, so that nothing is recovered. */
function unpreviewed(problem: string): UserError {
  return new UserError(
    `What the last run has left cannot be looked up, because the program could not be previewed: ${problem}`,
    nextStepAfter(problem, "Fix that, then recover again."),
  );
}

async function agreeTo({ confirm }: RecoverOptions, what: string): Promise<void> {
  if (await confirm(what)) return;
  throw new UserError("Nothing was changed.", "Run it again with --yes to do what is said above.");
}

/**
 * An answer about what is neither interrupted nor about to be made is a mistake.
 * @returns the preview that told, where one was needed.
 */
async function refuseUnknown(
  { pulumi, answers }: RecoverOptions,
  { pending }: ExportedStack,
): Promise<Planned | undefined> {
  const interrupted = new Set(pending.map(({ resource }) => resource.urn));
  const others = [...answers.keys()].filter((urn) => !interrupted.has(urn));
  if (others.length === 0) return undefined;
  const plan = await planned(pulumi);
  const { creates, problem } = plan;
  if (problem !== undefined) throw unpreviewed(problem);
  const unknown = others.filter((urn) => !creates.some((resource) => resource.urn === urn));
  if (unknown.length === 0) return plan;
  throw new UserError(
    `No operation is pending on ${unknown.join(", ")}, nor would the next \`up\` create it.`,
    "Run `npx --no delivery recover` without it to see what there is.",
  );
}
