/** A report where people read it: standard output, files, GitHub. */
export { handOut, reportText } from "./hand-out.ts";
export { addReportOptions, type ReportOptions } from "./options.ts";
export { type Publication, type PublishRequest, publishReport } from "./publish.ts";
