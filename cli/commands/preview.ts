/** `delivery preview`: what the next update would do, as a report. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { assertEntryExists } from "../engine/index.ts";
import { CommandExit, EXIT_FAILED, EXIT_FOUND } from "../exit-codes.ts";
import { policyFlags } from "../policy-flags.ts";
import { previewStack, stackName } from "../preview/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { addReportOptions, handOut, type ReportOptions } from "../publish/index.ts";
import { openPulumi } from "../pulumi.ts";

interface Options extends ReportOptions {
  readonly stack?: string;
  readonly savePlan?: string;
  readonly refresh?: boolean;
  readonly policy: boolean;
}

/** Adds the command to the program. */
export function addPreviewCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("preview")
    .description("show what the next update would do: in one sentence, by service, and property by property")
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("--save-plan <file>", "write the engine's plan, for `delivery up --plan`; it fits this stack alone")
    .option("--refresh", "read the services first, so that edits made by hand are seen")
    .option("--no-policy", "leave the policy pack out");
  addReportOptions(command)
    .addHelpText(
      "after",
      "\nExit codes here: 0 no changes, 2 changes, 1 the preview failed or a mandatory policy is violated; a report is made in each case.",
    )
    .action((options: Options) => preview(options, context));
}

async function preview(options: Options, context: CommandContext): Promise<void> {
  await assertEntryExists(process.cwd());
  const progress = options.json ? silentProgress : terminalProgress(context.stderr);
  const pulumi = await openPulumi(context, progress, options.stack);
  const report = await previewStack({
    pulumi,
    progress,
    stack: await stackName(pulumi, options.stack),
    policy: options.policy ? policyFlags(process.cwd()) : [],
    refresh: options.refresh ?? false,
    planFile: options.savePlan,
  });
  await handOut(report, options, context);
  if (report.outcome === "failed") {
    context.stderr.write("The preview failed; its report says why.\n");
    throw new CommandExit(EXIT_FAILED);
  }
  if (report.outcome !== "no changes") throw new CommandExit(EXIT_FOUND);
}
