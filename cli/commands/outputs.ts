/** `delivery outputs`: what other teams build on, for those who may not read the stack's state. */
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Outputs } from "../../contract/schema.ts";
import type { CommandContext } from "../command-context.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";
import { stackOutputs } from "../stack-outputs.ts";
import { UserError } from "../user-error.ts";

interface Options {
  readonly stack?: string;
  readonly json?: boolean;
  readonly file?: string;
}

/** Adds the command to the program. */
export function addOutputsCommand(program: Command, context: CommandContext): void {
  program
    .command("outputs")
    .description("show a stack's outputs, or write them to a file, checked against their contract and without a secret")
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("--json", "print one JSON object, as docs/outputs-1.schema.json describes it")
    .option("--file <path>", "write the JSON object to this file, e.g. outputs.json")
    .action(async (options: Options) => {
      const progress = options.json ? silentProgress : terminalProgress(context.stderr);
      const outputs = await stackOutputs(await openPulumi(context, progress, options.stack));
      const json = `${safeJson(outputs, 2)}\n`;
      if (options.file !== undefined) await write(options.file, json);
      if (options.json) context.stdout.write(json);
      else
        context.stdout.write(cleanText(options.file === undefined ? table(outputs) : `Written to ${options.file}.\n`));
    });
}

async function write(file: string, json: string): Promise<void> {
  await writeFile(file, json).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`The outputs cannot be written: ${error.message}.`, "Give --file a path that can be written.");
  });
}

/** One line an output: `site.url  https://...`. */
function table(outputs: Outputs): string {
  const rows = rowsOf(outputs, "");
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
}

function rowsOf(value: object, prefix: string): [string, unknown][] {
  return Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
    typeof inner === "object" ? rowsOf(inner, `${prefix}${name}.`) : [[`${prefix}${name}`, inner]],
  );
}
