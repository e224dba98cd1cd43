/** `delivery pulumi ...`: the engine itself, found or made first, with the checks that it does not make. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { assertEntryExists, engineEnvironment, ensureEngine } from "../engine/index.ts";
import { CommandExit } from "../exit-codes.ts";
import { runInForeground } from "../foreground.ts";
import { isOperation, operationEnvironment } from "../operation.ts";
import { destroyLosses } from "../preview/destroy-losses.ts";
import { terminalProgress } from "../progress.ts";
import { type Pulumi, pulumiOf } from "../pulumi.ts";
import { readPulumiArguments } from "../pulumi-arguments.ts";
import { refusePendingOperations } from "../recover/guard.ts";
import { oneLine } from "../report/values/clean.ts";
import { offerAlertRemoval } from "../state/removed-alerts.ts";

/** Adds the command to the program. Its exit code is the engine's. */
export function addPulumiCommand(program: Command, context: CommandContext): void {
  program
    .command("pulumi")
    .description(
      "run `pulumi` with these arguments; refuses `up` while an interrupted operation is not recovered, and begins `destroy` " +
        "with the data that it would lose",
    )
    .argument("[arguments...]", "what is given to pulumi")
    .passThroughOptions()
    .allowUnknownOption()
    .helpOption(false)
    .action(async (args: string[]) => {
      const { env, signal, stderr } = context;
      const progress = terminalProgress(stderr);
      const { isUpdate, isDestroy, stack, cwd } = readPulumiArguments(args);
      await assertEntryExists(resolve(cwd ?? ""));
      const engine = await ensureEngine({ progress, signal, env });
      const engineEnv = engineEnvironment(engine, env);
      const surroundings = { cwd: process.cwd(), env: engineEnv, signal };
      if (isOperation(args)) {
        const elsewhere = cwd === undefined ? [] : ["--cwd", cwd];
        const own = pulumiOf(engine, context, stack);
        const pulumi: Pulumi = { run: (...command) => own.run(...command, ...elsewhere) };
        const yes = args.includes("--yes") || args.includes("-y");
        const readable = await offerAlertRemoval({
          pulumi,
          context,
          yes,
          fails: isUpdate || isDestroy || comesToEach(args),
        });
        if (isUpdate && readable !== undefined) refusePendingOperations(readable, "npx --no delivery recover");
        const exported = readable ?? "";
        if (isDestroy && !args.some((argument) => argument === "--help" || argument === "-h")) {
          const losses = await destroyLosses({ pulumi: own, progress, args, exported });
          if (losses !== undefined) stderr.write(`${oneLine(losses)}\n`);
        }
        surroundings.env = await operationEnvironment(engineEnv, { exported, args, signal });
      }
      throw new CommandExit(await runInForeground([engine.pulumi, ...args], surroundings));
    });
}

/** Further subcommands that read what the state holds. */
const COMES_TO_EACH = new Set(["refresh", "watch"]);

/** Whether the operation reads all that the state holds. */
function comesToEach(args: readonly string[]): boolean {
  return args.some((argument) => COMES_TO_EACH.has(argument) || /^(--refresh(=true)?|-r)$/.test(argument));
}
