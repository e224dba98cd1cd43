/** The real stack, as the trusted side reads it: state, settings and what surrounds it, with its secrets, in memory. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "../child-process.ts";
import type { CommandContext } from "../command-context.ts";
import { stackName } from "../preview/index.ts";
import { type Progress, silentProgress } from "../progress.ts";
import { failedRun, openPulumi, type PulumiResult, type WatchablePulumi } from "../pulumi.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import { stackOutputs } from "../stack-outputs.ts";
import { UserError } from "../user-error.ts";
import { buildSecretValues } from "./build-secrets.ts";
import { refusePlainSecrets } from "./plain-secrets.ts";
import { sharedName } from "./shared-stack.ts";
import { type ExportedState, exportSchema, type Snapshot } from "./snapshot.ts";
import {
  decryptedSettings,
  type EncryptedSetting,
  encryptedSettings,
  projectOf,
  readStackSettings,
  type StackSettings,
} from "./stack-settings.ts";
import { type Steps, stepsOf } from "./steps.ts";

/** What is read of it. */
export interface RealStack {
  readonly project: string;
  readonly stack: string;
  readonly commit: string | undefined;
  readonly state: ExportedState;
  readonly settings: StackSettings;
  /** Encrypted settings with their values. */
  readonly secretSettings: readonly { readonly setting: EncryptedSetting; readonly value: string }[];
  /** By what keeps each. */
  readonly buildSecrets: ReadonlyMap<string, string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly shared: Snapshot["shared"];
  /** What its preview would do. */
  readonly steps: Steps;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Which stack, and where its program is. */
export interface RealStackRequest {
  readonly context: CommandContext;
  readonly progress: Progress;
  readonly stack: string | undefined;
  readonly folder: string;
}

/** Reads it. Throws UserError when it cannot be read or previewed, or an interrupted operation is pending. */
export async function readRealStack({ context, progress, stack, folder }: RealStackRequest): Promise<RealStack> {
  const pulumi = await openPulumi(context, progress, stack);
  const name = await stackName(pulumi, stack);
  const { name: project } = await projectOf(folder);
  const settings = await readStackSettings(folder, name, context.env);
  await refusePlainSecrets(settings, folder);
  const encrypted = encryptedSettings(settings);
  const [exported, shown] = await progress.step(`Reading the stack ${name}`, () =>
    Promise.all([
      output(pulumi, "stack", "export", "--show-secrets"),
      output(pulumi, "config", "--show-secrets", "--json"),
    ]),
  );
  const values = decryptedSettings(encrypted, shown);
  refusePendingOperations(exported, "npx --no delivery recover");
  const state = exportSchema.parse(JSON.parse(exported));
  if (state.deployment.resources.length === 0)
    throw new UserError(
      `The stack ${name} is empty.`,
      "Seal it after its first update; until then preview it as it is.",
    );
  const previewed = await progress.step(`Previewing ${name}`, () => recordedPreview(pulumi));
  return {
    project,
    stack: name,
    commit: await commitOf(folder, context),
    state,
    settings,
    secretSettings: encrypted.map((setting, index) => ({ setting, value: values[index] ?? "" })),
    buildSecrets: await buildSecretValues(settings.config, folder, context.env),
    environment: context.env,
    shared: await readShared(settings, context),
    ...previewed,
  };
}

/** Previews and keeps what the program is answered. */
async function recordedPreview(pulumi: WatchablePulumi): Promise<Pick<RealStack, "steps" | "answers">> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-answers-"));
  const file = join(folder, "answers.jsonl");
  try {
    const result = await pulumi.runWith({ env: { DELIVERY_RECORD_ANSWERS: file } }, "preview", "--json");
    if (result.code !== 0) throw unreadable("previewed", result);
    const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").filter(Boolean);
    const answers = Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, unknown]));
    return { steps: stepsOf(result.stdout), answers };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readShared({ config }: StackSettings, context: CommandContext): Promise<Snapshot["shared"]> {
  const name = sharedName(config);
  if (name === undefined) return undefined;
  return { name, outputs: { ...(await stackOutputs(await openPulumi(context, silentProgress, name))) } };
}

async function output(pulumi: WatchablePulumi, ...args: string[]): Promise<string> {
  const result = await pulumi.run(...args);
  if (result.code !== 0) throw unreadable("read", result);
  return result.stdout;
}

function unreadable(what: string, result: PulumiResult): UserError {
  return failedRun(
    `The stack cannot be ${what}`,
    result,
    "A stack is sealed where it can be updated: with its passphrase and the tokens of the services.",
  );
}

/** The commit of the program; undefined outside of git. */
async function commitOf(cwd: string, { env, signal }: CommandContext): Promise<string | undefined> {
  const found = await runProcess("git", ["rev-parse", "HEAD"], { cwd, env, signal }).catch(() => {
    signal.throwIfAborted();
    return undefined;
  });
  return found?.code === 0 ? found.stdout.trim() : undefined;
}
