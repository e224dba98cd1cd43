/** `delivery releases`: what ran when, on which tag, by which deploy. */
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { silentProgress, terminalProgress } from "../progress.ts";
import { openPulumi } from "../pulumi.ts";
import { exportStack } from "../recover/export.ts";
import { readReleases } from "../releases/releases.ts";
import { releasesText } from "../releases/report.ts";
import { siteIn } from "../releases/site.ts";
import { readUpdates } from "../releases/updates.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";

/** Adds the command to the program. */
export function addReleasesCommand(program: Command, context: CommandContext): void {
  program
    .command("releases")
    .description(
      "list the site's newest deploys: when, on which tag, how they ended, and whether an `up` or something else, such " +
        "as CircleCI, made them. It asks Render (RENDER_API_KEY) and the stack's history",
    )
    .option("-s, --stack <name>", "the stack (default: the one that is selected)")
    .option(
      "--json",
      "print one JSON array, newest first: deploy, tag, digest, status, startedAt, endedAt, update, trigger",
    )
    .action(async (options: { stack?: string; json?: boolean }) => {
      const progress = options.json ? silentProgress : terminalProgress(context.stderr);
      const pulumi = await openPulumi(context, progress, options.stack);
      const releases = await progress.step("Reading deploys and history", async () =>
        readReleases(siteIn(await exportStack(pulumi)).id, await readUpdates(pulumi), context),
      );
      context.stdout.write(options.json ? `${safeJson(releases)}\n` : cleanText(releasesText(releases)));
    });
}
