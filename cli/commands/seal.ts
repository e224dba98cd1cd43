/** `delivery seal`: a snapshot of the stack without any secret, for previews of pull requests. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { assertEntryExists } from "../engine/index.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";
import { seal, writeSnapshot } from "../seal/index.ts";

interface Options {
  readonly stack?: string;
  readonly file: string;
  readonly json?: boolean;
}

const EXPLANATION = `
It is run on a branch that is trusted, with the stack's passphrase and the tokens of the services, best after an update.
It reads and previews the stack, and changes nothing. \`npx --no delivery preview --sealed <file>\` then previews a pull request
with neither. What the file shows all the same: docs/sealed-previews.md.

--json prints { file, stack, project, engine, sealedAt, commit, resources, secrets }; the last two are numbers.

Exit codes here: 0 the snapshot is written, 1 it is not: a secret would be in it, or the stack would preview otherwise.
`;

/** Adds the command to the program. */
export function addSealCommand(program: Command, context: CommandContext): void {
  program
    .command("seal")
    .description("write a snapshot of the stack without any secret, from which pull requests are previewed")
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option("--file <file>", "where the snapshot is written", "sealed.json")
    .option("--json", "print what was written as JSON")
    .addHelpText("after", EXPLANATION)
    .action((options: Options) => run(options, context));
}

async function run({ stack, file, json = false }: Options, context: CommandContext): Promise<void> {
  await assertEntryExists(process.cwd());
  const progress = json ? silentProgress : terminalProgress(context.stderr);
  const { snapshot, secrets } = await seal({ context, progress, stack });
  await writeSnapshot(file, snapshot);
  const { stack: name, project, engine, sealedAt, commit, state } = snapshot;
  const resources = state.deployment.resources.length;
  const written = { file, stack: name, project, engine, sealedAt, commit, resources, secrets };
  context.stdout.write(
    json
      ? `${safeJson(written, 2)}\n`
      : cleanText(`${file} holds the stack ${name} with ${resources} resources and none of its ${secrets} secrets.\n`),
  );
}
