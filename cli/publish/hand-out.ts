/** Hands a report out: on standard output, as files, on GitHub. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { CommandContext } from "../command-context.ts";
import { htmlReport, jsonReport, markdownReport, type Report, terminalReport } from "../report/index.ts";
import { cleanText, safeJson } from "../report/values/clean.ts";
import { UserError } from "../user-error.ts";
import type { ReportOptions } from "./options.ts";
import { publishReport } from "./publish.ts";

/** Columns where nothing says how many there are. */
const WIDTH = 100;

/**
 * Prints the report, writes its files, and then publishes it, so that a refusal of GitHub's loses nothing.
 * @throws UserError when something could not be published: the caller asked for it, so the command fails.
 */
export async function handOut(report: Report, options: ReportOptions, context: CommandContext): Promise<void> {
  const { json, markdown, html, publish, ...given } = options;
  context.stdout.write(json ? `${safeJson(jsonReport(report))}\n` : reportText(report, context.stdout));
  if (markdown !== undefined) await writeReport(markdown, markdownReport(report));
  if (html !== undefined) await writeReport(html, htmlReport(report));
  if (!publish) return;
  const { notes, problems } = await publishReport(report, { ...given, context, htmlFile: html });
  for (const note of notes) context.stderr.write(`${cleanText(note)}\n`);
  if (problems.length > 0)
    throw new UserError(
      `The report is complete, but not all of it could be published:\n${problems.join("\n")}`,
      "docs/previews.md lists the permissions that the token needs.",
    );
}

/** The report as a person reads it on this stream. */
export function reportText(report: Report, stream: NodeJS.WritableStream): string {
  const { isTTY = false, columns } = stream as Partial<NodeJS.WriteStream>;
  return terminalReport(report, { colour: isTTY && !process.env["NO_COLOR"], width: columns || WIDTH });
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`The report cannot be written: ${(error as Error).message}.`, "Give another path.");
  }
}
