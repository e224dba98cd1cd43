/** `delivery engine`: the Pulumi engine that runs this project. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { type Engine, ensureEngine, findEngine } from "../engine/index.ts";
import { terminalProgress } from "../progress.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";
import { UserError } from "../user-error.ts";

const ORIGIN: Record<Engine["source"], string> = {
  path: "your own, from PATH",
  npm: "the release that the npm package pulumi keeps",
  built: "built from Go modules",
};

/** Adds the command to the program. */
export function addEngineCommand(program: Command, context: CommandContext): void {
  program
    .command("engine")
    .description("show the Pulumi engine that runs this project; download or build it when there is none")
    .option("--find-only", "install nothing; fail when there is none")
    .option("--json", "print one JSON object: pulumi, binDir, version, source (path, npm or built)")
    .action(async (options: { findOnly?: boolean; json?: boolean }) => {
      const request = { progress: terminalProgress(context.stderr), signal: context.signal, env: context.env };
      const engine = options.findOnly ? await findEngine(request) : await ensureEngine(request);
      if (engine === undefined) {
        throw new UserError(
          "There is no Pulumi engine on this machine.",
          "Run `npx --no delivery engine` to install it.",
        );
      }
      context.stdout.write(`${options.json ? safeJson(engine) : cleanText(summary(engine))}\n`);
    });
}

function summary(engine: Engine): string {
  return `Pulumi ${engine.version}, ${ORIGIN[engine.source]}: ${engine.pulumi}`;
}
