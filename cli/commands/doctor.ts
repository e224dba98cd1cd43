/** `delivery doctor`: before the first `up`, what would stand in its way. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command-context.ts";
import { CommandExit, EXIT_FOUND } from "../exit-codes.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { safeJson } from "../report/values/clean.ts";

interface Options {
  readonly stack?: string;
  readonly json?: boolean;
  readonly timeout: number;
}

const DEFAULT_TIMEOUT_S = 30;
const DEFAULT_WIDTH = 100;

const HELP = `
It only reads; nothing is changed at any service. Exit code 2 means that at least one problem has to be mended before an
up; warnings and what could not be checked leave it at 0. docs/doctor.md tells what each line means.
`;

/** Adds the command to the program. */
export function addDoctorCommand(program: Command, context: CommandContext): void {
  program
    .command("doctor")
    .description(
      "check tokens, permissions, plans, names, registry and builder before the first `up`, and say what to do",
    )
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("--timeout <seconds>", "how long each check may take", seconds, DEFAULT_TIMEOUT_S)
    .option("--json", "print one JSON object: stack, counts, lines (check, area, title, result, found, mend, waitsFor)")
    .addHelpText("after", HELP)
    .action(async ({ stack, json, timeout }: Options) => {
      const { examine } = await import("../doctor/index.ts");
      const { diagnosisText } = await import("../doctor/table.ts");
      const progress = json ? silentProgress : terminalProgress(context.stderr);
      const diagnosis = await examine({ context, progress, stack, limitMs: timeout * 1000 });
      const { isTTY, columns } = context.stdout as Partial<NodeJS.WriteStream>;
      const style = {
        width: columns || Number(context.env["COLUMNS"]) || DEFAULT_WIDTH,
        colour: isTTY === true && !context.env["NO_COLOR"],
      };
      context.stdout.write(`${json ? safeJson(diagnosis) : diagnosisText(diagnosis, style)}\n`);
      if (diagnosis.counts.problem > 0) throw new CommandExit(EXIT_FOUND);
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 600)) throw new InvalidArgumentError("Give seconds, above 0 and at most 600.");
  return value;
}
