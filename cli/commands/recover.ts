/** `delivery recover`: a stack whose engine was killed. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { type Answers, type Decision, type Recovery, recover } from "../recover/index.ts";
import { decisionsText, planText } from "../recover/report.ts";

interface Options {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly import?: Readonly<Record<string, string>>;
  readonly clear?: readonly string[];
}

/** Adds the command to the program. */
export function addRecoverCommand(program: Command, context: CommandContext): void {
  program
    .command("recover")
    .description(
      "after a killed engine: find out what the interrupted operations have made, bring the state in line with it, and " +
        "prove with a preview that the next `up` makes nothing twice",
    )
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("-y, --yes", "do it without asking")
    .option("--json", "print one JSON object: operations (urn, type, action, id, reason) and plan (counts)")
    .option("--import <urn=id>", "this object is the resource's, whatever the service says; repeatable", addImport)
    .option("--clear <urn>", "the resource has no object worth keeping; repeatable", addClear)
    .action(async (options: Options) => {
      const progress = options.json ? silentProgress : terminalProgress(context.stderr);
      const recovery = await recover({
        pulumi: await openPulumi(context, progress, options.stack),
        context,
        progress,
        answers: answersOf(options),
        confirm: (decisions) => confirm(decisions, options, context),
      });
      context.stdout.write(`${options.json ? json(recovery) : summary(recovery)}\n`);
    });
}

function addImport(value: string, previous: Options["import"]): Options["import"] {
  // An id may hold `=`, a URN does not.
  const [, urn, id] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  if (!urn || !id) throw new InvalidArgumentError("Give it as URN=ID.");
  return { ...previous, [urn]: id };
}

function addClear(value: string, previous: Options["clear"] = []): Options["clear"] {
  return [...previous, value];
}

function answersOf(options: Options): Answers {
  const answers = new Map<string, { readonly importId: string } | "clear">();
  for (const [urn, importId] of Object.entries(options.import ?? {})) answers.set(urn, { importId });
  for (const urn of options.clear ?? []) answers.set(urn, "clear");
  return answers;
}

/** Shows what is to be done; asks on a terminal, otherwise only --yes agrees. */
async function confirm(decisions: readonly Decision[], options: Options, context: CommandContext): Promise<boolean> {
  if (!options.json) context.stderr.write(`\n${decisionsText(decisions)}\n`);
  if (options.yes) return true;
  return confirmed("Do this?", context);
}

function summary({ decisions, plan }: Recovery): string {
  if (!plan) return "No operation is pending.";
  const imported = decisions.filter(({ action }) => action === "import").length;
  return `Recovered: ${imported} imported, ${decisions.length - imported} cleared. ${planText(plan)}`;
}

function json({ decisions, plan }: Recovery): string {
  const operations = decisions.map((decision) => ({
    urn: decision.operation.resource.urn,
    type: decision.operation.type,
    action: decision.action,
    ...(decision.action === "import" && { id: decision.id }),
    reason: decision.reason,
  }));
  return JSON.stringify({ operations, ...(plan && { plan }) });
}
