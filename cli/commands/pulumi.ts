/** `delivery pulumi ...`: the engine itself, found or made first, with the checks that it does not make. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { assertEntryExists, engineEnvironment, ensureEngine } from "../engine/index.ts";
import { CommandExit } from "../exit-codes.ts";
import { runInForeground } from "../foreground.ts";
import { terminalProgress } from "../progress.ts";
import { pulumiOf } from "../pulumi.ts";
import { readPulumiArguments } from "../pulumi-arguments.ts";
import { refusePendingOperations } from "../recover/guard.ts";

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
      const { isUpdate, stack, cwd } = readPulumiArguments(args);
      await assertEntryExists(resolve(cwd ?? ""));
      const engine = await ensureEngine({ progress, signal, env });
      if (isUpdate) {
        const elsewhere = cwd === undefined ? [] : ["--cwd", cwd];
        const exported = await pulumiOf(engine, context, stack).run("stack", "export", ...elsewhere);
        // Without a readable stack there is nothing pending, and the engine says better what is wrong.
        if (exported.code === 0) refusePendingOperations(exported.stdout, "npx delivery recover");
      }
      const surroundings = { cwd: process.cwd(), env: engineEnvironment(engine, env), signal };
      throw new CommandExit(await runInForeground([engine.pulumi, ...args], surroundings));
    });
}
