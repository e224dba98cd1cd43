/** The list of releases, for people. */
import type { Release } from "./releases.ts";

const HEADINGS = ["started (UTC)", "tag", "status", "deploy", "by"];

/** A table, newest first; one line when there is nothing to list. */
export function releasesText(releases: readonly Release[]): string {
  if (releases.length === 0) return "Nothing was deployed yet.\n";
  const rows = [HEADINGS, ...releases.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function rowOf({ startedAt, tag, digest, status, deploy, update, trigger }: Release): string[] {
  const started = startedAt.slice(0, "2026-01-01T00:00:00".length).replace("T", " ");
  const by = update === undefined ? `Render: ${trigger ?? "unknown"}` : `pulumi up, number ${update}`;
  return [started, tag ?? digest ?? "unknown", status, deploy, by];
}
