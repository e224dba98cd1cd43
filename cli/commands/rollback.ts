/** `delivery rollback`: the tag that ran before, or a named one, runs again. */
import type { Command } from "commander";
import { onStack } from "../../lib/stack-commands.ts";
import type { CommandContext } from "../command-context.ts";
import { confirmed } from "../confirm.ts";
import { policyFlags } from "../policy-flags.ts";
import { stackName } from "../preview/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { reportText } from "../publish/index.ts";
import { openPulumi } from "../pulumi.ts";
import { type Rollback, type RollbackPlan, rollback } from "../releases/rollback.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";
import { stackFilePath } from "../state/stack-file.ts";
import { minutes } from "./minutes.ts";

interface Options {
  readonly stack?: string;
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly policy: boolean;
  readonly wait?: number;
  readonly json?: boolean;
}

/** Adds the command to the program. */
export function addRollbackCommand(program: Command, context: CommandContext): void {
  program
    .command("rollback")
    .description(
      "run an earlier image again, without a build: look its tag up in the registry, show a plan of the site and its " +
        "image alone, ask, deploy, and pin the tag in the stack's file once it serves. With image.delivery `continuous` " +
        "CircleCI's deploys are held until image.hold goes",
    )
    .argument("[tag]", "the tag to go back to (default: the one that served before)")
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("--all", "let everything else go along that the program would change; the plan shows it")
    .option("-y, --yes", "do it without asking")
    .option("--no-policy", "leave the policy pack out")
    .option("--wait <minutes>", "while another run holds the stack's lock, try again for so long", minutes)
    .option("--json", "print one JSON object: from, to, deploy, settings (of the stack's file: before and after)")
    .action(async (tag: string | undefined, options: Options) => {
      const progress = options.json ? silentProgress : terminalProgress(context.stderr);
      // The engine's plans are an experiment of its makers'; without the variable it knows no --plan.
      const withPlans = { ...context, env: { ...context.env, PULUMI_EXPERIMENTAL: "true" } };
      const pulumi = await openPulumi(withPlans, progress, options.stack);
      const stack = await stackName(pulumi, options.stack);
      const done = await rollback({
        ...{ pulumi, context, progress, stack, tag },
        stackFile: await stackFilePath(process.cwd(), stack, context.env),
        all: options.all ?? false,
        policy: options.policy ? policyFlags(process.cwd()) : [],
        waitMinutes: options.wait ?? 0,
        async confirm(plan, preview) {
          if (!options.json)
            context.stderr.write(`${cleanText(planText(plan))}\n${reportText(preview, context.stderr)}\n`);
          return options.yes || confirmed("Do exactly this?", context);
        },
      });
      context.stdout.write(options.json ? json(done) : cleanText(onStack(summary(done), stack)));
    });
}

function planText({ from = "what serves now", to, after }: RollbackPlan): string {
  const held = after.hold === "true" ? " CircleCI's deploys are held from then on." : "";
  return `\nRoll back from ${from} to ${to}; the stack's file gets image.tag ${to}.${held} Migrations of the database are not rolled back.\n`;
}

function summary({ to, deploy, before, after }: Rollback): string {
  const set = "npm run pulumi -- config set --path delivery:image";
  const goOn = {
    held: "To let CircleCI deploy again: npm run pulumi -- config rm --path delivery:image.hold, then npx --no delivery up.",
    built: `To build again: ${set}.delivery build, then npx --no delivery up.`,
    pinned: `To go on: ${set}.tag TAG, then npx --no delivery up.`,
  }[after.hold === "true" ? "held" : before.delivery === "pinned" ? "pinned" : "built"];
  return `${to} serves by deploy ${deploy}. Commit the stack's file.\n${goOn}\n`;
}

function json({ from, to, deploy, before, after }: Rollback): string {
  return `${safeJson({ from, to, deploy, settings: { before, after } })}\n`;
}
