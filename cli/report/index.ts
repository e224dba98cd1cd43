/** Reports of what a run would do, or did. */
export { reportOf } from "./build.ts";
export { htmlReport } from "./html.ts";
export { jsonReport } from "./json.ts";
export { type MarkdownOptions, markdownReport } from "./markdown.ts";
export type * from "./report.ts";
export { type TerminalOptions, terminalReport } from "./terminal.ts";
