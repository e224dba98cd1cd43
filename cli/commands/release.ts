/** `delivery release`: leave one service and keep what it holds. */
import { Argument, type Command } from "commander";
import { PART_NAMES, type PartName } from "../../infra/parts.ts";
import { onStack } from "../../lib/stack-commands.ts";
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import { stackName } from "../preview/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { release } from "../release/index.ts";
import { listText, releasedJson, releasedText } from "../release/report.ts";
import { cleanText } from "../report/values/clean.ts";
import type { StateResource } from "../state/resources.ts";
import { stackFilePath } from "../state/stack-file.ts";
import { UserError } from "../user-error.ts";

interface Options {
  readonly stack?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds the command to the program. */
export function addReleaseCommand(program: Command, context: CommandContext): void {
  program
    .command("release")
    .description(
      "leave one service: drop a part of the chain from the state, protected or not, and set it `off` in the stack's " +
        "file. At the service nothing changes. It lists what goes before it does anything, and asks",
    )
    .addArgument(new Argument("<part>", "the part, as it is named in the stack's file").choices([...PART_NAMES]))
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("-n, --dry-run", "only list what would go")
    .option("-y, --yes", "do it without asking")
    .option("--json", "print one JSON object: part, resources (urn, type, id) and, when done, plan (counts)")
    .action(async (part: PartName, options: Options) => {
      const progress = options.json ? silentProgress : terminalProgress(context.stderr);
      let listed: readonly StateResource[] = [];
      const pulumi = await openPulumi(context, progress, options.stack);
      const stack = await stackName(pulumi, options.stack);
      const done = await release({
        pulumi,
        stackFile: await stackFilePath(process.cwd(), stack, context.env),
        progress,
        part,
        async confirm(resources) {
          listed = resources;
          if (options.dryRun) return false;
          if (!options.json) context.stderr.write(cleanText(listText(part, resources)));
          return options.yes || confirmed("Do this?", context);
        },
      });
      if (done)
        context.stdout.write(
          options.json
            ? releasedJson(part, done.resources, done.plan)
            : cleanText(onStack(releasedText(part, done), stack)),
        );
      else if (options.dryRun)
        context.stdout.write(options.json ? releasedJson(part, listed) : cleanText(listText(part, listed)));
      else throw new UserError("Nothing was changed.", "Run it again with --yes to do what is said above.");
    });
}
