/** Makes a snapshot of a stack without its secrets, and proves that it previews as the stack does. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandContext } from "../command-context.ts";
import { ensureEngine } from "../engine/index.ts";
import type { Progress } from "../progress.ts";
import { draftOf, secretsAround } from "./draft.ts";
import { placeholders } from "./placeholder.ts";
import { type PlannedInputs, plannedInputs } from "./planned-inputs.ts";
import { readRealStack } from "./real-stack.ts";
import { rebased } from "./rebase.ts";
import { refuseDifferences, refuseFailure, refuseLeaks } from "./refusals.ts";
import { secretsOf } from "./sealed-state.ts";
import type { ExportedState, Snapshot } from "./snapshot.ts";
import { type Steps, stepsOf } from "./steps.ts";
import { openThrowawayStack, type ThrowawayStack } from "./throwaway-stack.ts";
import { trulySecret } from "./truly-secret.ts";

/** What is sealed. */
export interface SealRequest {
  readonly context: CommandContext;
  readonly progress: Progress;
  /** The stack, which may be named with its organization. */
  readonly stack: string | undefined;
}

/** What came of it. */
export interface Sealed {
  readonly snapshot: Snapshot;
  /** How many secrets were kept out. */
  readonly secrets: number;
}

/**
 * Makes the snapshot. The stack's secrets are in memory only, and what is written in between goes in any case.
 * @throws UserError when the stack cannot be read or previewed, a secret would be in the snapshot, or the snapshot does
 * not preview as the stack does; the signal's reason when aborted.
 */
export async function seal({ context, progress, stack }: SealRequest): Promise<Sealed> {
  const folder = process.cwd();
  const real = await readRealStack({ context, progress, stack, folder });
  const engine = await ensureEngine({ progress, signal: context.signal, env: context.env });
  const draft = draftOf(real, engine.version, placeholders(randomBytes(32)));
  refuseLeaks(draft, secretsAround(real));
  const opened = await openThrowawayStack({ context, engine, folder, snapshot: draft, settings: real.settings });
  try {
    const first = await progress.step("Previewing it without its secrets", () => previewWithPlan(opened, draft.state));
    const known = [...secretsAround(real), ...trulySecret(secretsOf(real.state), first.planned)];
    const state = rebased(draft.state, first.planned, (urn) => !real.steps.has(urn));
    const snapshot = { ...draft, state };
    refuseLeaks(snapshot, known);
    const steps = await progress.step("Comparing it with the stack", async () => {
      await opened.load(state);
      return preview(opened);
    });
    refuseDifferences(real.steps, steps);
    return { snapshot, secrets: new Set(known.map(({ value }) => JSON.stringify(value))).size };
  } finally {
    await opened.close();
  }
}

async function preview({ pulumi }: ThrowawayStack): Promise<Steps> {
  const result = await pulumi.run("preview", "--json");
  refuseFailure(result);
  return stepsOf(result.stdout);
}

async function previewWithPlan(
  { pulumi, folder }: ThrowawayStack,
  state: ExportedState,
): Promise<{ planned: PlannedInputs }> {
  const file = join(folder, "plan.json");
  const options = { env: { PULUMI_EXPERIMENTAL: "true" } };
  // Of these secrets none is one.
  refuseFailure(await pulumi.runWith(options, "preview", "--json", "--save-plan", file, "--show-secrets"));
  return { planned: plannedInputs(await readFile(file, "utf8"), state.deployment.resources) };
}
