/** `delivery drift`: what was changed at the services by others than this program. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { findDrift, publishDrift } from "../drift/index.ts";
import { assertEntryExists } from "../engine/index.ts";
import { CommandExit, EXIT_FAILED, EXIT_FOUND } from "../exit-codes.ts";
import { stackName } from "../preview/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { handOut } from "../publish/index.ts";
import { openPulumi } from "../pulumi.ts";
import { cleanText } from "../report/values/clean.ts";
import { offerAlertRemoval } from "../state/removed-alerts.ts";

interface Options {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly markdown?: string;
  readonly html?: string;
  readonly publish?: boolean;
  readonly repository?: string;
  readonly jobUrl?: string;
}

const HELP = `
Nothing is changed, neither the stack's state nor the services. For a nightly job:
  npx --no delivery drift --stack prod --html drift.html --publish
Exit codes here: 0 no drift, 2 drift, 1 not all could be compared; the report tells what could.`;

/** Adds the command to the program. */
export function addDriftCommand(program: Command, context: CommandContext): void {
  program
    .command("drift")
    .description(
      "tell what was changed or deleted at the services by hand since the last `up`, and what the next one would put back",
    )
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("-y, --yes", "without asking, take from the state what its service no longer offers: Sentry's old alerts")
    .option("--json", "print the report as one JSON object; docs/previews.md describes it")
    .option("--markdown <file>", "write the report as Markdown, too")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--publish", "keep one issue for the stack on GitHub: opened with the first drift, edited, closed without")
    .option("--repository <owner/name>", "where the issue is (default: the repository of the CI job)")
    .option("--job-url <url>", "what the issue links to as its job (default: the CI job)")
    .addHelpText("after", HELP)
    .action((options: Options) => drift(options, context));
}

async function drift(options: Options, context: CommandContext): Promise<void> {
  await assertEntryExists(process.cwd());
  const { stack: given, yes, publish, repository, jobUrl, ...shown } = options;
  const progress = options.json ? silentProgress : terminalProgress(context.stderr);
  const pulumi = await openPulumi(context, progress, given);
  const exported = await offerAlertRemoval({ pulumi, context, yes: yes ?? false, fails: true });
  const stack = await stackName(pulumi, given, exported);
  const report = await findDrift({ pulumi, progress, stack, context });
  await handOut(report, shown, context);
  if (publish) {
    const done = await publishDrift(report, { repository, jobUrl, context, htmlFile: options.html });
    context.stderr.write(`${cleanText(done)}\n`);
  }
  for (const { service, problem } of report.drift?.unread ?? [])
    context.stderr.write(`${cleanText(`${service} could not be compared. ${problem}`)}\n`);
  if (report.outcome === "failed") throw new CommandExit(EXIT_FAILED);
  if (report.outcome !== "no changes") throw new CommandExit(EXIT_FOUND);
}
