/** What the engine, the providers and the policy pack say, in Markdown. Lists are cut at `most`. */
import type { Diagnostic, PolicyFinding, Report } from "../report.ts";
import { alert, cut, fold } from "./blocks.ts";
import { code, fence, message as messageText, text } from "./text.ts";

/** Characters of one message. */
const MESSAGE = 1_500;

/** What the policy pack found: what fails the run apart from advice. */
export function policySection({ policy }: Report, most: number): string[] {
  const mandatory = policy.filter(({ level }) => level === "mandatory");
  const advisory = policy.filter(({ level }) => level === "advisory");
  const broken = [
    `<b>Mandatory policies are broken:</b> ${mandatory.length}`,
    ...cut(mandatory, most, findingLine, "findings"),
  ];
  const advice = cut(advisory, most, findingLine, "findings");
  return [
    ...(mandatory.length > 0 ? [alert("CAUTION", broken)] : []),
    ...(advisory.length > 0 ? [fold(`Advice of the policy pack: ${advisory.length}`, advice)] : []),
  ];
}

function findingLine({ policy, resource, message, exception }: PolicyFinding): string {
  const where = resource === undefined ? "" : ` on ${code(resource)}`;
  const excepted = exception === undefined ? "" : ` (let pass: ${text(exception)})`;
  return `${code(policy)}${where}${excepted}<br>${messageText(message.slice(0, MESSAGE))}`;
}

/** Errors, where the reader looks first; warnings in a fold. */
export function errorSection({ diagnostics }: Report, most: number): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return cut(errors, most, messageBlock, "errors");
}

/** Warnings, then what the program notes. */
export function warningSection({ diagnostics }: Report, most: number): string[] {
  const of = (severity: Diagnostic["severity"], title: string): string[] => {
    const own = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    if (own.length === 0) return [];
    return [fold(`${title}: ${own.length}`, cut(own, most, messageBlock, title.toLowerCase()))];
  };
  return [...of("warning", "Warnings"), ...of("info", "Notes")];
}

function messageBlock({ message, resource, times }: Diagnostic): string {
  const where = [...(resource === undefined ? [] : [code(resource)]), ...(times > 1 ? [`${times} times`] : [])];
  const short = message.length > MESSAGE ? `${message.slice(0, MESSAGE)}...` : message;
  return [...(where.length > 0 ? [`<p>${where.join(", ")}</p>`] : []), fence("text", [short])].join("\n\n");
}
