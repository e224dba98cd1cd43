/** The command line `delivery`. */
import { Command, CommanderError } from "commander";
import type { CommandContext } from "./command-context.ts";
import { CommandExit, EXIT_CODE_HELP, EXIT_FAILED, EXIT_OK, EXIT_USAGE, exitCodeOfSignal } from "./exit-codes.ts";
import { Interruption } from "./interruption.ts";
import { cleanText } from "./report/values/clean.ts";

/** Adds a command to the program. */
type AddCommand = (program: Command, context: CommandContext) => void;

/** The commands. Only the one that is called is loaded: each brings much that the others do without. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  adopt: async () => (await import("./commands/adopt.ts")).addAdoptCommand,
  doctor: async () => (await import("./commands/doctor.ts")).addDoctorCommand,
  drift: async () => (await import("./commands/drift.ts")).addDriftCommand,
  engine: async () => (await import("./commands/engine.ts")).addEngineCommand,
  init: async () => (await import("./commands/init.ts")).addInitCommand,
  outputs: async () => (await import("./commands/outputs.ts")).addOutputsCommand,
  preview: async () => (await import("./commands/preview.ts")).addPreviewCommand,
  pulumi: async () => (await import("./commands/pulumi.ts")).addPulumiCommand,
  recover: async () => (await import("./commands/recover.ts")).addRecoverCommand,
  release: async () => (await import("./commands/release.ts")).addReleaseCommand,
  releases: async () => (await import("./commands/releases.ts")).addReleasesCommand,
  rollback: async () => (await import("./commands/rollback.ts")).addRollbackCommand,
  seal: async () => (await import("./commands/seal.ts")).addSealCommand,
  up: async () => (await import("./commands/up.ts")).addUpCommand,
};

/**
 * Runs one command line, without the program's name. Never throws: what went wrong is written to `stderr`, without a
 * stack trace unless DELIVERY_DEBUG is set.
 * @returns the exit code, as exit-codes.ts defines it.
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    await (await program(args, context)).parseAsync(args, { from: "user" });
    return EXIT_OK;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    if (error instanceof CommandExit) return error.exitCode;
    const interruption = interruptionOf(error, context);
    if (interruption) {
      const { message, nextStep } = interruption;
      context.stderr.write(`${cleanText([message, nextStep].filter(Boolean).join("\n"))}\n`);
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

async function program([name = ""]: readonly string[], context: CommandContext): Promise<Command> {
  const root = new Command("npx --no delivery")
    .description("The delivery chain of a Django application, from GitHub to Render, as one Pulumi program")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(cleanText(text)),
      writeErr: (text) => context.stderr.write(cleanText(text)),
    })
    .showHelpAfterError("(--help shows what can be given)")
    .addHelpText("afterAll", EXIT_CODE_HELP);
  const called = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  for (const load of called ? [called] : Object.values(COMMANDS)) (await load())(root, context);
  return root;
}
