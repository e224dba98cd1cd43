/** A report as text for a terminal. */
import type { Report } from "./report.ts";

/** How the text is made. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

/** Gives lines that end with a newline. */
export function terminalReport(report: Report, _options: TerminalOptions): string {
  return `${report.headline}\n`;
}
