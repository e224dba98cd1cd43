/** `delivery pulumi ...`: the engine itself, found or made first, with the checks that it does not make. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { assertEntryExists, engineEnvironment, ensureEngine } from "../engine/index.ts";
import { CommandExit } from "../exit-codes.ts";
import { runInForeground } from "../foreground.ts";
import { terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { refusePendingOperations } from "../recover/guard.ts";

/** Subcommands that change what exists, from the program. */
const UPDATES = new Set(["up", "update"]);

/** Adds the command to the program. Its exit code is the engine's. */
export function addPulumiCommand(program: Command, context: CommandContext): void {
  program
    .command("pulumi")
    .description("run `pulumi` with these arguments; refuses `up` while an interrupted operation is not recovered")
    .argument("[arguments...]", "what is given to pulumi")
    .passThroughOptions()
    .allowUnknownOption()
    .helpOption(false)
    .action(async (args: string[]) => {
      const { env, signal, stderr } = context;
      const progress = terminalProgress(stderr);
      await assertEntryExists(process.cwd());
      const engine = await ensureEngine({ progress, signal, env });
      if (args.some((argument) => UPDATES.has(argument))) {
        const exported = await (await openPulumi(context, progress, stackOf(args))).run("stack", "export");
        // Without a readable stack there is nothing pending, and the engine says better what is wrong.
        if (exported.code === 0) refusePendingOperations(exported.stdout, "npx delivery recover");
      }
      const surroundings = { cwd: process.cwd(), env: engineEnvironment(engine, env), signal };
      throw new CommandExit(await runInForeground([engine.pulumi, ...args], surroundings));
    });
}

/** The stack that the arguments name, if they do. */
function stackOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((argument) => argument === "-s" || argument === "--stack");
  const joined = args.find((argument) => argument.startsWith("--stack="));
  return at >= 0 ? args[at + 1] : joined?.slice("--stack=".length);
}
