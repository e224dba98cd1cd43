/** Adoption of a chain that was made by hand. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../command-context.ts";
import type { Progress } from "../progress.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { exportStack } from "../recover/export.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { changeStack } from "../recover/locked-stack.ts";
import { UserError } from "../user-error.ts";
import type { Around, GivenNames } from "./around.ts";
import { type Configured, readConfigured } from "./configured.ts";
import { type Discovery, discover } from "./discover.ts";
import { OFF_BY_ADOPTION, type Setting } from "./finding.ts";
import { type Imported, importFound } from "./import.ts";
import { type GivenApplication, nameSettings, resolveNames } from "./names.ts";
import { unresolvedText } from "./report.ts";
import { encryptVariables } from "./secrets.ts";
import { backUp, editStackFile, type FileChange, noteAt, readStackFile, writeStackFile } from "./stack-file.ts";
import { type Stricter, stricter } from "./stricter.ts";

export type { Discovery } from "./discover.ts";
export type { FileChange } from "./stack-file.ts";
export type { Stricter } from "./stricter.ts";

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

/**
 * Finds what exists, describes it in the stack's file, takes it into the state and proves that nothing changes. Writes
 * nothing to the services.
 * @throws UserError when something is not clear, is not confirmed, or would change; then all is as it was, unless it is
 * to be kept.
 */
export async function adopt(request: AdoptRequest): Promise<Adoption> {
  const { pulumi, progress, path, stack, given, context } = request;
  const configured = await readConfigured(pulumi, stack);
  refuseOtherStacks(configured, stack);
  const names = resolveNames(given, configured, stack, context.env);
  const state = await exportStack(pulumi);
  if (state.pending.length > 0)
    throw new UserError("An earlier run was interrupted.", "Run `delivery recover` first, then adopt again.");
  const before = await readStackFile(path);
  const inState = new Set(state.resources.filter(({ id }) => id !== undefined).map(({ urn }) => nameOf(urn)));
  const around: Around = {
    env: context.env,
    signal: context.signal,
    given,
    names,
    configured,
    isOffByAdoption: (part) => noteAt(before, part)?.startsWith(OFF_BY_ADOPTION.trim()) === true,
    isInState: (name) => inState.has(name),
  };
  const found = await progress.step("Asking the services what exists", () => discover(around));
  const settings = [...nameSettings(names, given, configured, stack), ...found.settings];
  const { text, changes } = editStackFile(before, settings, sourcesOf(found));
  const plan = { found, changes, text };
  if (request.dryRun) return { ...plan, imported: [], backup: undefined, warnings: [], ...stricter(text) };
  const writes =
    changes.length > 0 || found.secrets.size > 0 || Object.keys(found.ids).some((name) => !inState.has(name));
  if (writes) await agree(request, plan);
  return carryOut(request, plan, before, writes);
}

async function agree({ confirm }: AdoptRequest, plan: AdoptionPlan): Promise<void> {
  if (await confirm(plan)) return;
  throw new UserError("Nothing was changed.", "Run it again with --yes to do what is said above.");
}

async function carryOut(
  request: AdoptRequest,
  plan: AdoptionPlan,
  before: string,
  isAgreed: boolean,
): Promise<Adoption> {
  const { pulumi, progress, path } = request;
  const { found, text } = plan;
  const changes = [...plan.changes];
  let backup: string | undefined;
  const write = async (changed: string): Promise<void> => {
    backup ??= await backUp(path);
    await writeStackFile(path, changed);
  };
  const undo = await undoing(request, before);
  let done: Imported;
  try {
    if (text !== before) await write(text);
    if (found.secrets.size > 0) {
      backup ??= await backUp(path);
      await progress.step(`Encrypting ${found.secrets.size} secret variables`, () =>
        encryptVariables(pulumi, found.secrets),
      );
    }
    done = await importFound({
      pulumi,
      progress,
      ids: found.ids,
      variables: found.variables,
      async keep(settings: readonly Setting[]) {
        const edit = editStackFile(await readStackFile(path), settings, sourcesOf(found));
        if (!isAgreed) await agree(request, { ...plan, changes: edit.changes });
        await write(edit.text);
        changes.push(...edit.changes);
      },
    });
    if (done.unresolved.length > 0) throw unresolvedText(done.unresolved, request.keep);
  } catch (error) {
    if (!request.keep) {
      await undo();
      if (backup) await rm(backup);
    }
    throw error;
  }
  return { ...plan, ...done, changes, backup, ...stricter(await readStackFile(path)) };
}

/** How state and file come back to what they are now. */
async function undoing({ pulumi, path }: AdoptRequest, before: string): Promise<() => Promise<void>> {
  const { code, stdout } = await pulumi.run("stack", "export");
  return async () => {
    await writeStackFile(path, before);
    const now = await pulumi.run("stack", "export");
    if (code !== 0 || now.stdout === stdout) return;
    const folder = await mkdtemp(join(tmpdir(), "delivery-adopt-"));
    try {
      const file = join(folder, "state.json");
      await writeFile(file, stdout, { mode: 0o600 });
      await changeStack(pulumi, "stack", "import", "--file", file);
    } finally {
      await rm(folder, { recursive: true });
    }
  };
}

function refuseOtherStacks(configured: Configured, stack: string): void {
  const declares = configured("declares") ?? "all";
  if (declares === "all") return;
  throw new UserError(
    `The stack ${stack} declares ${String(declares)}, and adoption is for a stack that declares \`all\`.`,
    "Adopt into one, then move resources: docs/environments.md says how.",
  );
}

/** Where each part of the file comes from. */
function sourcesOf({ parts, secrets }: Discovery): Record<string, string> {
  const { repository, pipeline, errors, site } = parts;
  const from = { repository, pipeline, errors, site, image: site };
  const known = Object.entries(from).flatMap(([key, { place }]) => (place ? [[key, `As found: ${place}.`]] : []));
  return {
    ...Object.fromEntries(known),
    ...(secrets.size > 0 && { secretVariables: `As found: ${site.place}; encrypted.` }),
    asFound: "What the chain would decide otherwise, kept as found. Without a line the chain decides.",
  };
}
