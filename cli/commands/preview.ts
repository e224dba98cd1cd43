/** `delivery preview`: what the next update would do, as a report. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { assertEntryExists } from "../engine/index.ts";
import { CommandExit, EXIT_FAILED, EXIT_FOUND } from "../exit-codes.ts";
import { policyFlags } from "../policy-flags.ts";
import { previewStack, stackName } from "../preview/index.ts";
import { type Progress, silentProgress, terminalProgress } from "../progress.ts";
import { addReportOptions, handOut, type ReportOptions } from "../publish/index.ts";
import { openPulumi } from "../pulumi.ts";
import type { Report } from "../report/index.ts";
import { openSealedStack, type SealedStack } from "../seal/index.ts";
import { offerAlertRemoval } from "../state/removed-alerts.ts";
import { UserError } from "../user-error.ts";

interface Options extends ReportOptions {
  readonly stack?: string;
  readonly savePlan?: string;
  readonly sealed?: string;
  readonly refresh?: boolean;
  readonly yes?: boolean;
  readonly policy: boolean;
}

const EXIT_CODES = `
Exit codes here:
  0    no changes
  2    changes
  1    the preview failed, or a mandatory policy is violated; there is a report all the same
`;

/** Adds the command to the program. */
export function addPreviewCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("preview")
    .description("show what the next update would do: in one sentence, by service, and property by property")
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option(
      "--save-plan <file>",
      "write the engine's plan, for `npx --no delivery up --plan`; it fits this stack alone",
    )
    .option(
      "--sealed <snapshot>",
      "preview from a snapshot of `npx --no delivery seal`: no token, no passphrase, no network",
    )
    .option("--refresh", "read the services first, so that edits made by hand are seen")
    .option("-y, --yes", "without asking, take from the state what its service no longer offers: Sentry's old alerts")
    .option("--no-policy", "leave the policy pack out");
  addReportOptions(command)
    .addHelpText("after", EXIT_CODES)
    .action((options: Options) => preview(options, context));
}

async function preview(options: Options, context: CommandContext): Promise<void> {
  refuseWithSealed(options);
  await assertEntryExists(process.cwd());
  const report = await makeReport(options, context);
  await handOut(report, options, context);
  if (report.outcome === "failed") {
    context.stderr.write("The preview failed; its report says why.\n");
    throw new CommandExit(EXIT_FAILED);
  }
  if (report.outcome !== "no changes") throw new CommandExit(EXIT_FOUND);
}

function refuseWithSealed({ sealed, savePlan, refresh }: Options): void {
  if (sealed === undefined) return;
  if (savePlan !== undefined)
    throw new UserError(
      "The plan of a sealed preview fits no real stack.",
      "Make the plan where the stack's secrets are, without --sealed.",
    );
  if (refresh) throw new UserError("A sealed preview does not reach the services.", "Leave --refresh out.");
}

async function makeReport(options: Options, context: CommandContext): Promise<Report> {
  const progress = options.json ? silentProgress : terminalProgress(context.stderr);
  const { stack, pulumi, close, exported } = await openStack(options, context, progress);
  try {
    return await previewStack({
      pulumi,
      progress,
      stack,
      sealed: options.sealed !== undefined,
      policy: options.policy ? policyFlags(process.cwd()) : [],
      refresh: options.refresh ?? false,
      planFile: options.savePlan,
      exported,
    });
  } finally {
    await close();
  }
}

/** The stack, and its state where that was read. */
type OpenStack = SealedStack & { readonly exported?: string | undefined };

async function openStack(options: Options, context: CommandContext, progress: Progress): Promise<OpenStack> {
  const { sealed, stack } = options;
  if (sealed !== undefined) return openSealedStack({ context, progress, snapshot: sealed, stack });
  const pulumi = await openPulumi(context, progress, stack);
  const fails = options.refresh ?? false;
  const exported = await offerAlertRemoval({ pulumi, context, yes: options.yes ?? false, fails });
  return { stack: await stackName(pulumi, stack, exported), pulumi, close: async () => {}, exported };
}
