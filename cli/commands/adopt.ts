/** `delivery adopt`: a chain that was made by hand. */
import type { Command } from "commander";
import { onStack } from "../../lib/stack-commands.ts";
import type { Adoption, AdoptionPlan } from "../adopt/index.ts";
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import { assertEntryExists } from "../engine/index.ts";
import { stackName } from "../preview/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";
import { stackFilePath } from "../state/stack-file.ts";

interface Options {
  readonly stack?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly keep?: boolean;
  readonly application?: string;
  readonly environment?: string;
  readonly path?: string;
  readonly repository?: string;
  readonly ruleset?: string;
  readonly project?: string;
  readonly context?: string;
  readonly service?: string;
  readonly sentry?: string;
  readonly sentryTeam?: string;
  readonly sentryKey?: string;
}

const HELP = `
Names are found by the application's; where more than one object fits, the command says which and ends. Each of them
may be \`off\`, which leaves it out. Nothing is written to GitHub, CircleCI, Sentry or Render.

Exit codes here: 0 adopted, or nothing to adopt; 1 not adopted, and everything is as it was. 2 is not given.
`;

/** Adds the command to the program. */
export function addAdoptCommand(program: Command, context: CommandContext): void {
  program
    .command("adopt")
    .description(
      "take over what was made by hand: find it, describe it in the stack's file, import it, and prove with a preview " +
        "that nothing changes; then say what could be made stricter",
    )
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("-y, --yes", "do it without asking")
    .option("--dry-run", "only say what would be written")
    .option("--keep", "leave file and state as adoption makes them, also when something would still change")
    .option(
      "--json",
      "print one JSON object: found, changes, secrets, imported, backup, masked, notes, warnings, stricter, kept",
    )
    .option("--application <name>", "the application's name (default: the stack's file, else the repository's)")
    .option("--environment <name>", "the environment's name (default: the stack's file, else the stack's)")
    .option("--path <folder>", "a checkout of the Django project (default: the stack's file)")
    .option("--repository <owner/name>", "the repository on GitHub")
    .option("--ruleset <name>", "the ruleset of its default branch")
    .option("--project <slug>", "the project at CircleCI, e.g. gh/acme/site")
    .option("--context <name>", "the context at CircleCI")
    .option("--service <name or id>", "the web service at Render")
    .option("--sentry <organization/project>", "the project at Sentry")
    .option("--sentry-team <slug>", "the team that owns it")
    .option("--sentry-key <name or id>", "the client key that the site reports with")
    .addHelpText("after", HELP)
    .action((options: Options) => run(options, context));
}

async function run(options: Options, context: CommandContext): Promise<void> {
  await assertEntryExists(process.cwd());
  // Loaded only now: the schema brings the SDK.
  const { adopt } = await import("../adopt/index.ts");
  const { adoptionText, plainChanges, planText } = await import("../adopt/report.ts");
  const progress = options.json ? silentProgress : terminalProgress(context.stderr);
  const pulumi = await openPulumi(context, progress, options.stack);
  const stack = await stackName(pulumi, options.stack);
  const path = await stackFilePath(process.cwd(), stack, context.env);
  const dryRun = options.dryRun ?? false;
  const adoption = await adopt({
    pulumi,
    context,
    progress,
    stack,
    path,
    given: options,
    dryRun,
    keep: options.keep ?? false,
    async confirm(plan: AdoptionPlan) {
      if (!options.json) context.stderr.write(`${cleanText(onStack(planText(plan), stack))}\n`);
      return options.yes === true || confirmed("Adopt this?", context);
    },
  });
  context.stdout.write(
    options.json
      ? `${safeJson(asJson(adoption, plainChanges(adoption.changes), stack))}\n`
      : cleanText(onStack(adoptionText(adoption, dryRun), stack)),
  );
}

/** Without any value of a secret. */
function asJson(
  { found, imported, backup, warnings, stricter, kept }: Adoption,
  changes: Adoption["changes"],
  stack: string,
) {
  const onThisStack = (list: Adoption["stricter"]) =>
    list.map((one) => ({ ...one, command: onStack(one.command, stack) }));
  const places = Object.entries(found.parts).map(([part, { place }]) => [part, place ?? null]);
  return {
    found: Object.fromEntries(places),
    changes,
    secrets: [...found.secrets.keys()],
    imported,
    backup: backup ?? null,
    masked: found.masked,
    notes: found.notes.map((note) => onStack(note, stack)),
    warnings,
    stricter: onThisStack(stricter),
    kept: onThisStack(kept),
  };
}
