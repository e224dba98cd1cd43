/** A report as one HTML file: nothing is loaded, nothing runs; for light, dark and paper. */
import { changeHtml } from "./html/change.ts";
import { driftAlerts, driftRemarks } from "./html/drift.ts";
import * as sections from "./html/sections.ts";
import { STYLE } from "./html/style.ts";
import { escapeHtml } from "./html-text.ts";
import type { Report } from "./report.ts";
import { durationText, titleText } from "./words.ts";

/** Gives a whole page that loads nothing. */
export function htmlReport(report: Report): string {
  const title = `${titleText(report)} ${report.stack}`;
  const changes = report.changes.filter((service) => service.changes.length > 0);
  const details = changes.map(
    ({ service, changes: own }) => `<h2>${service}</h2>${own.map((change) => changeHtml(change, report)).join("\n")}`,
  );
  const { durationSeconds } = report;
  const took = durationSeconds === undefined ? "" : `<p class="soft">It took ${durationText(durationSeconds)}.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(titleText(report))} <code>${escapeHtml(report.stack)}</code></h1>
<p class="headline">${escapeHtml(report.headline)}</p>
${sections.messages(report, "error", "Errors")}
${sections.dangerNotice(report)}
${sections.policies(report)}
${driftAlerts(report)}
${sections.chain(report)}
${sections.live(report)}
${details.join("\n")}
${driftRemarks(report)}
${sections.messages(report, "warning", "Warnings")}
${sections.messages(report, "info", "Notes")}
${sections.hidden(report)}
${took}
</main>
</body>
</html>
`;
}
