/** docs/policy.md: the rules as they are, and how to live with them. */

import { TOKEN_FORMATS } from "../../lib/token-formats.ts";
import type { Rule } from "../kit/rule.ts";
import { rules } from "../rules/index.ts";
import { ADDING, CHANGING, HEAD, READING } from "./prose.ts";

/** The page. */
export function policyPage(): string {
  return [HEAD, rulesTable(), reading(), CHANGING, settingsTable(), ADDING].join("\n");
}

function rulesTable(): string {
  const lines = rules.map(({ name, title, where, level, severity, reason, mend }) =>
    row(`\`${name}\``, `${title} ${reason}`, where, `${level}, ${severity}`, mend),
  );
  const head = row("rule", "what holds, and why", "where", "level, severity", "how to fix it");
  return [head, divider(5), ...lines, ""].join("\n");
}

function reading(): string {
  const wholeStack = rules.filter((rule) => "checkStack" in rule).map(({ name }) => `\`${name}\``);
  const kinds = TOKEN_FORMATS.map(({ kind }) => kind);
  return READING.replace("WHOLE_STACK", listed(wholeStack, "and")).replace("CREDENTIALS", listed(kinds, "or"));
}

function settingsTable(): string {
  const lines = rules.flatMap(({ name, settings = {} }: Rule) =>
    Object.entries(settings).map(([setting, { description, default: standard }]) => {
      const shown = standard.map((item) => `\`${item}\``).join(", ");
      return row(`\`${name}\``, `\`${setting}\``, description, shown || "none");
    }),
  );
  return [row("rule", "setting", "what it lists", "default"), divider(4), ...lines, ""].join("\n");
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function divider(columns: number): string {
  return `|${" --- |".repeat(columns)}`;
}

function listed(items: readonly string[], word: string): string {
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}
