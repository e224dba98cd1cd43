/**
 * Alerts of Sentry's old API in a stack's state. Sentry has shut that API down (410, "This API no longer exists."), so
 * the plugin can neither read nor change nor delete one, and every operation that comes to it fails.
 */
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import type { Pulumi } from "../pulumi.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { cleanText } from "../report/values/clean.ts";
import { UserError } from "../user-error.ts";
import { editState } from "./edit.ts";
import { exportIfReadable } from "./export.ts";
import { resourcesIn, resourcesOfExport, type State, type StateResource, withoutResources } from "./resources.ts";

const TYPES = ["sentry:index/sentryIssueAlert:SentryIssueAlert", "sentry:index/sentryRule:SentryRule"];

/** What a command that may come to an alert says of itself. */
export interface AlertRemoval {
  readonly pulumi: Pulumi;
  readonly context: CommandContext;
  /** Whether the user has agreed beforehand. */
  readonly yes: boolean;
  /** Whether the command would fail on one. */
  readonly fails: boolean;
}

/** The alerts in a state. */
export function removedAlerts(state: State): readonly StateResource[] {
  return resourcesIn(state).filter(isRemoved);
}

function isRemoved({ type }: StateResource): boolean {
  return TYPES.includes(type);
}

/**
 * Offers to take the alerts of a stack from its state, which changes nothing at Sentry. Without one it does nothing.
 * @returns what `pulumi stack export` gives then; undefined without a readable stack.
 * @throws UserError when the command would fail on one and nobody agrees, or the state cannot be changed.
 */
export async function offerAlertRemoval({ pulumi, context, yes, fails }: AlertRemoval): Promise<string | undefined> {
  const exported = await exportIfReadable(pulumi);
  const agreed = resourcesOfExport(exported ?? "").filter(isRemoved);
  if (agreed.length === 0) return exported;
  const names = agreed.map(({ urn }) => nameOf(urn)).join(", ");
  const problem = `The stack's state holds ${names}: an alert by Sentry's alert rules, whose API Sentry has shut down (410).`;
  const consequence = "Its plugin fails on it at every refresh, update and destroy.";
  context.stderr.write(cleanText(`${problem} ${consequence}\n`));
  if (yes || (await confirmed("Take it from the state? At Sentry nothing changes.", context))) {
    const { copy } = await editState({
      pulumi,
      action: `Taking ${names} from the state`,
      agreed,
      concerned: removedAlerts,
      change: (state, gone) => withoutResources(state, new Set(gone.map(({ urn }) => urn))),
    });
    context.stderr.write(cleanText(`${names}: taken from the state. As it was before, it is in ${copy}.\n`));
    return exportIfReadable(pulumi);
  }
  const commands = agreed.map(deleteCommand);
  if (fails) throw new UserError(`${names} is in the way. Nothing was changed.`, nextStep(commands));
  context.stderr.write(cleanText(`This preview does not come to it. ${nextStep(commands)}\n`));
  return exported;
}

function nextStep(commands: readonly string[]): string {
  return `Take it from the state: answer with y, give --yes, or run\n${commands.map((command) => `  ${command}`).join("\n")}`;
}

/** What the Pulumi CLI has for it. */
function deleteCommand({ urn, protect }: StateResource): string {
  return `pulumi state delete '${urn}'${protect === true ? " --force" : ""}`;
}
