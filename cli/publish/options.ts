/** The options of each command that makes a report. */
import { type Command, InvalidArgumentError } from "commander";

/** What was given. */
export interface ReportOptions {
  readonly json?: boolean;
  readonly markdown?: string;
  readonly html?: string;
  readonly publish?: boolean;
  readonly repository?: string;
  readonly commit?: string;
  readonly pullRequest?: number;
  readonly jobUrl?: string;
}

/** Adds them to a command. */
export function addReportOptions(command: Command): Command {
  return command
    .option("--json", "print the report as one JSON object; docs/previews.md describes it")
    .option("--markdown <file>", "write the report as Markdown, too")
    .option("--html <file>", "write the report as one HTML page, too")
    .option("--publish", "publish the report on GitHub: a comment on the pull request, a label, a commit status")
    .option("--repository <owner/name>", "where to publish (default: the repository of the CI job)")
    .option("--commit <sha>", "the commit that the report is about (default: the CI job's)")
    .option("--pull-request <number>", "the pull request to comment on (default: the commit's)", pullRequestNumber)
    .option("--job-url <url>", "what the report links to as its job (default: the CI job)");
}

function pullRequestNumber(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("Give its number.");
  return Number(value);
}
