/** What a `pulumi destroy` would lose of what the site's users have put in, told before the Pulumi CLI begins. */
import { runWithEvents } from "../engine-events/index.ts";
import type { Progress } from "../progress.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { kindOf } from "../report/catalogue/index.ts";
import { enumeration } from "../report/catalogue/rule.ts";
import { type Danger, reportOf } from "../report/index.ts";
import { resourcesOfExport, type StateResource } from "../state/resources.ts";
import { UserError } from "../user-error.ts";

/** Flags that only say how the run asks, prints and ends. */
const LEFT_OUT = new Set(["--yes", "--skip-preview", "--preview-only", "--json", "--remove"]);
/** Their shorthands, alone or in a row. */
const SHORTHANDS = /^-[yfj]+$/;

/** What is run, and on what. */
export interface DestroyRequest {
  readonly pulumi: WatchablePulumi;
  readonly progress: Progress;
  /** The arguments of `pulumi`, of which `destroy` is the command. */
  readonly args: readonly string[];
  /** The output of `pulumi stack export`; empty when there is no stack. */
  readonly exported: string;
}

/**
 * The line to show; undefined when no such data is lost. It is read out of the engine's own preview of the arguments: with
 * `--run-program` the program says what is protected and retained, otherwise the state does.
 */
export async function destroyLosses(request: DestroyRequest): Promise<string | undefined> {
  const { pulumi, progress, args, exported } = request;
  const holders = holdersIn(exported);
  if (holders.length === 0) return undefined;
  const asked = args.filter((argument) => !LEFT_OUT.has(argument) && !SHORTHANDS.test(argument));
  const preview = await progress
    .step("Looking for data that would be lost", () => runWithEvents(pulumi, [...asked, "--preview-only"]))
    .catch(unreadable);
  // A preview that fails does not come to everything, and the run that fails like it may delete that first.
  if (preview?.result.code !== 0) return lineOf("MAY LOSE DATA", holders.filter(isUnkept).map(inState));
  const { dangers } = reportOf(preview.events, { operation: "preview", stack: "" });
  const urns = new Set(holders.map(({ urn }) => urn));
  const lost = dangers.filter(({ urn, saved }) => urns.has(urn) && saved === "nothing");
  return lineOf("WOULD LOSE DATA", lost);
}

/** Events of another version of the engine are no reason to stop it. */
function unreadable(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
  return undefined;
}

function lineOf(verb: string, lost: readonly Pick<Danger, "kind" | "label" | "loss">[]): string | undefined {
  if (lost.length === 0) return undefined;
  const names = enumeration(lost.map(({ kind, label }) => `${kind} ${label}`));
  return `${verb}: ${names}. ${[...new Set(lost.map(({ loss }) => loss))].join(" ")}`;
}

/** What of a state goes with all that is in it. Of a state that cannot be read the Pulumi CLI says what is wrong. */
function holdersIn(exported: string): readonly StateResource[] {
  return resourcesOfExport(exported).filter(({ type, id }) => id !== undefined && kindOf(type).holdsUsersData);
}

function isUnkept({ protect, retainOnDelete }: StateResource): boolean {
  return protect !== true && retainOnDelete !== true;
}

function inState({ urn, type, inputs }: StateResource): Pick<Danger, "kind" | "label" | "loss"> {
  const { service, kind, loss = "" } = kindOf(type);
  const { name } = (inputs ?? {}) as { readonly name?: unknown };
  return { kind: `${service} ${kind}`, label: typeof name === "string" ? name : nameOf(urn), loss };
}
