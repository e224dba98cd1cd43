/** `delivery rollback`: the tag that ran before, or a named one, runs again. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { type Rollback, type RollbackPlan, rollback } from "../releases/rollback.ts";

interface Options {
  readonly stack?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds the command to the program. */
export function addRollbackCommand(program: Command, context: CommandContext): void {
  program
    .command("rollback")
    .description(
      "run an earlier image again, without a build: pin its tag in the stack's file, look it up in the registry, and " +
        "deploy it with `pulumi up`. With image.delivery `continuous` CircleCI's deploys are held until image.hold goes",
    )
    .argument("[tag]", "the tag to go back to (default: the one that served before)")
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("-y, --yes", "do it without asking")
    .option("--json", "print one JSON object: from, to, deploy, settings (of the stack's file: before and after)")
    .action(async (tag: string | undefined, options: Options) => {
      const progress = options.json ? silentProgress : terminalProgress(context.stderr);
      const done = await rollback({
        pulumi: await openPulumi(context, progress, options.stack),
        context,
        progress,
        tag,
        async confirm(plan) {
          if (!options.json) context.stderr.write(planText(plan));
          return options.yes || confirmed("Do this?", context);
        },
      });
      context.stdout.write(options.json ? json(done) : summary(done));
    });
}

function planText({ from = "what serves now", to, after }: RollbackPlan): string {
  const held = after.hold === "true" ? " CircleCI's deploys are held from then on." : "";
  return `\nRoll back from ${from} to ${to}: the stack's file gets image.tag ${to}, then \`pulumi up\` deploys it.${held}\n`;
}

function summary({ to, deploy, before, after }: Rollback): string {
  const set = "pulumi config set --path delivery:image";
  const goOn = {
    held: "To let CircleCI deploy again: pulumi config rm --path delivery:image.hold, then pulumi up.",
    built: `To build again: ${set}.delivery build, then pulumi up.`,
    pinned: `To go on: ${set}.tag TAG, then pulumi up.`,
  }[after.hold === "true" ? "held" : before.delivery === "pinned" ? "pinned" : "built"];
  return `${to} serves by deploy ${deploy}. Commit the stack's file.\n${goOn}\n`;
}

function json({ from, to, deploy, before, after }: Rollback): string {
  return `${JSON.stringify({ from, to, deploy, settings: { before, after } })}\n`;
}
