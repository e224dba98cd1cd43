/** The command line `delivery`. */
import { Command, CommanderError } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addAdoptCommand } from "./commands/adopt.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addDriftCommand } from "./commands/drift.ts";
import { addEngineCommand } from "./commands/engine.ts";
import { addInitCommand } from "./commands/init.ts";
import { addOutputsCommand } from "./commands/outputs.ts";
import { addPreviewCommand } from "./commands/preview.ts";
import { addPulumiCommand } from "./commands/pulumi.ts";
import { addRecoverCommand } from "./commands/recover.ts";
import { addReleaseCommand } from "./commands/release.ts";
import { addReleasesCommand } from "./commands/releases.ts";
import { addRollbackCommand } from "./commands/rollback.ts";
import { addSealCommand } from "./commands/seal.ts";
import { addUpCommand } from "./commands/up.ts";
import { CommandExit, EXIT_CODE_HELP, EXIT_FAILED, EXIT_OK, EXIT_USAGE, exitCodeOfSignal } from "./exit-codes.ts";
import { Interruption } from "./interruption.ts";
import { cleanText } from "./report/values/clean.ts";

/**
 * Runs one command line, without the program's name. Never throws: what went wrong is written to `stderr`, without a
 * stack trace unless DELIVERY_DEBUG is set.
 * @returns the exit code, as exit-codes.ts defines it.
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    await program(context).parseAsync(args, { from: "user" });
    return EXIT_OK;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    if (error instanceof CommandExit) return error.exitCode;
    const interruption = interruptionOf(error, context);
    if (interruption) {
      const { message, nextStep } = interruption;
      context.stderr.write(`${[message, nextStep].filter(Boolean).join("\n")}\n`);
      return exitCodeOfSignal(interruption.signalName);
    }
    const { message, stack } = error as Error;
    // What a service has answered may be in it.
    context.stderr.write(`${cleanText((context.env["DELIVERY_DEBUG"] ? stack : undefined) ?? message)}\n`);
    return EXIT_FAILED;
  }
}

/** What an interrupted command fails with is often told by somebody on the way as a failure of what it did just then. */
function interruptionOf(error: unknown, { signal }: CommandContext): Interruption | undefined {
  return [error, signal.reason].find((reason) => reason instanceof Interruption);
}

function program(context: CommandContext): Command {
  const root = new Command("delivery")
    .description("The delivery chain of a Django application, from GitHub to Render, as one Pulumi program")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .showHelpAfterError("(--help shows what can be given)")
    .addHelpText("afterAll", EXIT_CODE_HELP);
  addAdoptCommand(root, context);
  addDoctorCommand(root, context);
  addDriftCommand(root, context);
  addEngineCommand(root, context);
  addInitCommand(root, context);
  addOutputsCommand(root, context);
  addPreviewCommand(root, context);
  addPulumiCommand(root, context);
  addRecoverCommand(root, context);
  addReleaseCommand(root, context);
  addReleasesCommand(root, context);
  addRollbackCommand(root, context);
  addSealCommand(root, context);
  addUpCommand(root, context);
  return root;
}
