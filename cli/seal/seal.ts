/** Makes a snapshot of a stack without its secrets, and proves that it previews as the stack does. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
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

/** A resource that is made of another's values takes one more. */
const MOST_ROUNDS = 5;

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
    const { state, planned, steps } = await progress.step("Previewing it without its secrets", () =>
      settled(opened, draft.state, (urn) => !real.steps.has(urn)),
    );
    const secrets = [...secretsAround(real), ...trulySecret(secretsOf(real.state), planned)];
    const snapshot = { ...draft, state };
    refuseLeaks(snapshot, secrets);
    refuseDifferences(real.steps, steps);
    return { snapshot, secrets: new Set(secrets.map(({ value }) => JSON.stringify(value))).size };
  } finally {
    await opened.close();
  }
}

/** A state, and what a preview on it would do. */
interface Previewed {
  readonly state: ExportedState;
  readonly planned: PlannedInputs;
  readonly steps: Steps;
}

/**
 * Previews, and gives the state what the program makes of placeholders, until it makes nothing else: what is made of
 * another resource's values is known once that resource is the same.
 */
async function settled(
  stack: ThrowawayStack,
  first: ExportedState,
  isSame: (urn: string) => boolean,
): Promise<Previewed> {
  let previewed = await previewOn(stack, first);
  for (let round = 1; round < MOST_ROUNDS; round += 1) {
    const state = rebased(previewed.state, previewed.planned, isSame);
    if (isDeepStrictEqual(state, previewed.state)) break;
    await stack.load(state);
    previewed = await previewOn(stack, state);
  }
  return previewed;
}

async function previewOn({ pulumi, folder }: ThrowawayStack, state: ExportedState): Promise<Previewed> {
  const file = join(folder, "plan.json");
  const options = { env: { PULUMI_EXPERIMENTAL: "true" } };
  // What it shows are placeholders.
  const result = await pulumi.runWith(options, "preview", "--json", "--save-plan", file, "--show-secrets");
  refuseFailure(result);
  const planned = plannedInputs(await readFile(file, "utf8"), state.deployment.resources);
  return { state, planned, steps: stepsOf(result.stdout) };
}
