/** `delivery up`: updates the stack, as it was reviewed, and reports what was done. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import { assertEntryExists } from "../engine/index.ts";
import { CommandExit, EXIT_FAILED } from "../exit-codes.ts";
import { policyFlags } from "../policy-flags.ts";
import { stackName, updateStack } from "../preview/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { addReportOptions, handOut, type ReportOptions, reportText } from "../publish/index.ts";
import { openPulumi } from "../pulumi.ts";
import type { Report } from "../report/index.ts";
import { offerAlertRemoval } from "../state/removed-alerts.ts";
import { UserError } from "../user-error.ts";
import { minutes } from "./minutes.ts";

interface Options extends ReportOptions {
  readonly stack?: string;
  readonly plan?: string;
  readonly refresh?: boolean;
  readonly yes?: boolean;
  readonly policy: boolean;
  readonly wait?: number;
}

const EXIT_CODES = `
Exit codes here:
  0    done
  1    failed, refused, or not agreed to; of a failure there is a report
`;

const AFTER_FAILURE = `The update failed; its report says why. \`npx --no delivery recover\` finds what was made and is not in the state;
then \`npx --no delivery up\` does the rest.
`;

/** Adds the command to the program. */
export function addUpCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("up")
    .description("update the stack: show what would be done, ask, do exactly that, and report what was done")
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("--plan <file>", "apply what this plan of `npx --no delivery preview --save-plan` holds, and nothing else")
    .option("--refresh", "read the services first, and put back what was edited or deleted there")
    .option("-y, --yes", "do it without asking")
    .option("--no-policy", "leave the policy pack out")
    .option("--wait <minutes>", "while another run holds the stack's lock, try again for so long", minutes);
  addReportOptions(command)
    .addHelpText("after", EXIT_CODES)
    .action((options: Options) => up(options, context));
}

async function up(options: Options, context: CommandContext): Promise<void> {
  await assertEntryExists(process.cwd());
  const { stderr, signal, env } = context;
  const progress = options.json ? silentProgress : terminalProgress(stderr);
  // The engine's plans are an experiment of its makers'; without the variable it knows no --plan.
  const withPlans = { ...context, env: { ...env, PULUMI_EXPERIMENTAL: "true" } };
  const pulumi = await openPulumi(withPlans, progress, options.stack);
  const exported = await offerAlertRemoval({ pulumi, context, yes: options.yes ?? false, fails: true });
  const report = await updateStack({
    pulumi,
    progress,
    signal,
    stack: await stackName(pulumi, options.stack, exported),
    exported,
    policy: options.policy ? policyFlags(process.cwd()) : [],
    planFile: options.plan,
    refresh: options.refresh ?? false,
    agree: options.yes ? undefined : (preview) => agree(preview, context),
    waitMinutes: options.wait ?? 0,
  });
  if (report === undefined)
    throw new UserError("Nothing was done: nobody has agreed to it.", "Answer with y, or give --yes.");
  await handOut(report, options, context);
  if (report.outcome !== "failed") return;
  stderr.write(AFTER_FAILURE);
  throw new CommandExit(EXIT_FAILED);
}

async function agree(preview: Report, context: CommandContext): Promise<boolean> {
  context.stderr.write(`\n${reportText(preview, context.stderr)}\n`);
  if (preview.outcome === "no changes") return true;
  return confirmed("Do exactly this?", context);
}
