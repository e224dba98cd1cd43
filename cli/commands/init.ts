/** `delivery init`: a stack's file, by asking. */
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../command-context.ts";
import type { SeenChecks } from "../init/existing-pipeline.ts";
import type { InitResult } from "../init/index.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";

interface Options {
  readonly set?: Readonly<Record<string, string>>;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Adds the command to the program. */
export function addInitCommand(program: Command, context: CommandContext): void {
  program
    .command("init")
    .description(
      "write Pulumi.<stack>.yaml by asking, each answer checked as the program checks it; run it in the program's folder. " +
        "No token or password is asked for: the commands that come next are shown",
    )
    .argument("[stack]", "the stack", stackName, "prod")
    .option("--set <key=value>", "an answer, or any other setting, e.g. site.plan=starter (repeatable)", collect)
    .option("-y, --yes", "take the offered answer where none is given")
    .option("--force", "write the settings anew that the file has; what is encrypted stays")
    .option(
      "--json",
      "never ask; print one JSON object: file, config, next (the commands that come next), steps (the same by what they are for), notes",
    )
    .action(async (stack: string, options: Options) => {
      // Loaded only now: the schema brings the SDK.
      const { init } = await import("../init/index.ts");
      const { ask } = await import("../init/terminal.ts");
      const { accountLists } = await import("../init/accounts.ts");
      const terminal = { input: process.stdin, output: context.stderr, signal: context.signal };
      const result = await init({
        folder: process.cwd(),
        stack,
        given: options.set ?? {},
        ask:
          process.stdin.isTTY && !options.json
            ? (question, offered, listed) => ask(question, offered, terminal, listed)
            : undefined,
        takeDefaults: options.yes ?? false,
        force: options.force ?? false,
        seenChecks: context.env["GITHUB_TOKEN"] ? await checksAtGithub(context) : undefined,
        listAccounts: accountLists(context.env, context.signal),
        env: context.env,
      });
      context.stdout.write(options.json ? `${safeJson(result)}\n` : cleanText(summary(result)));
    });
}

async function checksAtGithub({ env, signal }: CommandContext): Promise<SeenChecks> {
  const { githubClient } = await import("../services/github.ts");
  const { seenChecks } = await import("../services/github-seen-checks.ts");
  const client = githubClient(env, { signal, permission: "read access" });
  return (owner, repository) => seenChecks(client, owner, repository);
}

function stackName(name: string): string {
  if (!/^[\w.-]{1,100}$/.test(name))
    throw new InvalidArgumentError("A stack's name has letters, digits, -, _ and dots.");
  return name;
}

function collect(setting: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = setting.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as key=value, e.g. site.plan=starter.");
  return { ...before, [setting.slice(0, at).replace(/^delivery:/, "")]: setting.slice(at + 1) };
}

function summary({ file, steps, notes }: InitResult): string {
  const next = steps.flatMap(({ title, commands }, at) => [
    `  ${at + 1}. ${title}:`,
    ...commands.map((command) => `       ${command}`),
  ]);
  return `Written to ${file}.\n${notes.map((note) => `${note}\n`).join("")}Next:\n${next.join("\n")}\n`;
}
