/**
 * A change of a stack's state by a command. The engine offers an export and an import, each of the whole state, and
 * between the two a person thinks about an answer. So the change is made to the state as it is at the end of that, is
 * refused when it would no longer be what was agreed to, and leaves a copy of what was there.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import { failedRun, type Pulumi } from "../pulumi.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import { UserError } from "../user-error.ts";
import { isLockedOnThisMachine } from "./backend-folder.ts";
import { keepCopy } from "./copy.ts";
import { changeLockedStack } from "./locked-stack.ts";
import { parseState, resourcesIn, type State, type StateResource } from "./resources.ts";

/** What is changed, and what was said of it. */
export interface StateEdit {
  readonly pulumi: Pulumi;
  /** What is being done, for messages: `Detaching errors`. */
  readonly action: string;
  /** What was shown and agreed to. */
  readonly agreed: readonly StateResource[];
  /** The same of the state as it is now. */
  concerned(state: State): readonly StateResource[];
  /** The state afterwards. */
  change(state: State, concerned: readonly StateResource[]): State;
  /** Where copies are kept: the program's folder. */
  readonly folder?: string;
}

/** What a change has left. */
export interface EditedState {
  /** The state that was written. */
  readonly written: State;
  /** The file with the state as it was before. */
  readonly copy: string;
}

/** Reads a stack's state. Throws UserError when the engine cannot. */
export async function exportedState(pulumi: Pulumi): Promise<string> {
  const result = await pulumi.run("stack", "export");
  if (result.code === 0) return result.stdout;
  throw failedRun("The stack's state cannot be read", result);
}

/**
 * Changes the state as it is now.
 * @throws UserError when another run is at work or has been interrupted, when the change would not be the one that was
 * agreed to, or when the engine refuses: then nothing was changed. Also when an update has ended while the state was
 * written, which then has to be looked at: the error says so.
 */
export async function editState(edit: StateEdit): Promise<EditedState> {
  const { pulumi, action, agreed, folder } = edit;
  const lastRun = await latestRun(pulumi);
  const before = await exportedState(pulumi);
  const state = parseState(before);
  const stack = stackNameIn(state);
  if (stack !== undefined && (await isLockedOnThisMachine(pulumi, stack)))
    throw new UserError("Another run is changing the stack. Nothing was changed.", "Run this again when it has ended.");
  refusePendingOperations(before, "npx --no delivery recover");
  const concerned = edit.concerned(state);
  refuseOther(agreed, concerned);
  const copy = await keepCopy(before, stack ?? "stack", folder);
  const written = edit.change(state, concerned);
  const nextStep = `Nothing was changed. The state as it was is also in ${copy}.`;
  await importState(pulumi, JSON.stringify(written), nextStep);
  if ((await latestRun(pulumi)) !== lastRun)
    throw new UserError(
      `${action}: an update of this stack ended at the same moment, and what it wrote may be gone from the state.`,
      `Look with \`npx --no delivery preview --refresh\`, and run \`npx --no delivery recover\` for what it made; the state before is in ${copy}.`,
    );
  return { written, copy };
}

function refuseOther(agreed: readonly StateResource[], now: readonly StateResource[]): void {
  const keys = (resources: readonly StateResource[]): string[] => resources.map(({ urn, id }) => `${urn} ${id}`).sort();
  if (isDeepStrictEqual(keys(agreed), keys(now))) return;
  const [before, after] = [new Set(keys(agreed)), new Set(keys(now))];
  const differing = [...agreed, ...now].filter(
    ({ urn, id }) => before.has(`${urn} ${id}`) !== after.has(`${urn} ${id}`),
  );
  const names = [...new Set(differing.map(({ urn }) => nameOf(urn)))].join(", ");
  throw new UserError(
    `The stack has changed since this was shown (${names}). Nothing was changed.`,
    "Run this again: it shows what there is now.",
  );
}

/** Writes a whole state. A lock of processes that have ended goes; one of a living process is an error. */
async function importState(pulumi: Pulumi, state: string, nextStep: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-state-"));
  try {
    const file = join(folder, "state.json");
    await writeFile(file, state, { mode: 0o600 });
    await changeLockedStack(pulumi, ["stack", "import", "--file", file], nextStep);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Kinds of runs that the engine makes of itself; a backend may also list the imports of whole states. */
const RUNS = new Set(["update", "refresh", "destroy", "resource-import"]);
const history = z.array(z.object({ kind: z.string(), startTime: z.string() }));

/** The newest run that the backend remembers; undefined where it remembers none. */
async function latestRun(pulumi: Pulumi): Promise<string | undefined> {
  const { code, stdout } = await pulumi.run("stack", "history", "--json", "--page-size", "10", "--page", "1");
  const { data = [] } = code === 0 ? history.safeParse(jsonIn(stdout)) : {};
  const newest = data.find(({ kind }) => RUNS.has(kind));
  return newest && `${newest.kind} ${newest.startTime}`;
}

/** The stack's name, out of a URN: `urn:pulumi:<stack>::<project>::...`. */
function stackNameIn(state: State): string | undefined {
  const [first] = resourcesIn(state);
  return first && /^urn:pulumi:(.+?)::/.exec(first.urn)?.[1];
}
