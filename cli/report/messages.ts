/** What the engine, the providers and the policy pack say. */
import { onStack } from "../../lib/stack-commands.ts";
import type { EngineEvent } from "../engine-events/index.ts";
import { kindOf } from "./catalogue/index.ts";
import { withHint } from "./hints.ts";
import type { Diagnostic, PolicyFinding, ReportAbout } from "./report.ts";
import { nameOf } from "./resource-change.ts";
import { cleanText } from "./values/clean.ts";
import { isLogged, ownWords } from "./vendor-errors.ts";

/** What the engine adds below the error that it is about, also for what it then did not come to. */
const EPILOGUE =
  /^((preview|update|refresh|destroy) failed|expected resource operations for \S.* but none were seen|failed to run \w+: context canceled)$/;

/** A URN in a message, where its resource is named. */
const NAMED_URN = /\bresource "?(urn:pulumi:[^\s"']+)"?/g;

/** What resources are called, by URN. */
export type Titles = ReadonlyMap<string, string>;

/** Errors, warnings, and what the program notes, each once. The failure of the run itself counts when no event tells it. */
export function diagnosticsOf(events: readonly EngineEvent[], titles: Titles, { failure }: ReportAbout): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const counts = new Map<string, { logged: number; answered: number }>();
  for (const { diagnosticEvent, errorEvent } of events) {
    const {
      message: said,
      severity,
      urn,
      ephemeral,
    } = diagnosticEvent ?? {
      ...{ message: errorEvent?.error ?? "", severity: "error", urn: undefined, ephemeral: false },
    };
    if ((severity !== "error" && severity !== "warning" && !isNote(severity, urn)) || ephemeral) continue;
    const text = readable(said, titles);
    if (text === "" || EPILOGUE.test(text)) continue;
    const key = `${severity} ${urn} ${text}`;
    // A plugin that is bridged logs what it answers as well, in whichever order the two arrive.
    const told = { logged: 0, answered: 0, ...counts.get(key) };
    told[isLogged(said) ? "logged" : "answered"]++;
    counts.set(key, told);
    const times = Math.max(told.logged, told.answered);
    const resource =
      urn && urn !== "" && severity !== "info" ? { urn: cleanText(urn), resource: titleIn(titles, urn) } : {};
    const message = severity === "error" ? withHint(text) : text;
    found.set(key, { severity, message, ...resource, times });
  }
  const diagnostics = causesOf([...found.values()]);
  const isTold = diagnostics.some(({ severity }) => severity === "error") || isOfPolicy(events, failure);
  if (failure !== undefined && !isTold)
    diagnostics.push({ severity: "error", message: withHint(readable(failure, titles)), times: 1 });
  return diagnostics.sort((one, other) => one.severity.localeCompare(other.severity));
}

/** Whether the program says it, rather than a plugin of its resource: of those only what goes wrong is told. */
function isNote(severity: string, urn = ""): severity is "info" {
  return severity === "info" && (urn === "" || urn.split("::").at(-2) === "pulumi:pulumi:Stack");
}

/** What fails only because something else has failed: the engine ends what is under way. */
const CONSEQUENCE =
  /expected resource operations .* but none were seen|failed to run (remediation|analyzer|policy).*(context canceled|Canceled)|^(rpc error: code = \w+ desc = )?(context canceled|error reading from server: EOF)$/is;

/** Without the consequences, when there is a cause. */
function causesOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const causes = diagnostics.filter(({ message }) => !CONSEQUENCE.test(message));
  return causes.some(({ severity }) => severity === "error") ? causes : [...diagnostics];
}

/** Whether the engine has nothing more to say than that a policy has stopped it. */
function isOfPolicy(events: readonly EngineEvent[], failure = ""): boolean {
  return EPILOGUE.test(failure) && events.some(({ policyEvent }) => policyEvent?.enforcementLevel === "mandatory");
}

/** The findings of the policy pack, each once, mandatory ones first. */
export function policyFindings(
  events: readonly EngineEvent[],
  titles: Titles,
  { stack }: ReportAbout,
): PolicyFinding[] {
  const found = new Map<string, PolicyFinding>();
  for (const { policyEvent } of events) {
    if (!policyEvent) continue;
    const { resourceUrn: urn, exceptions } = policyEvent;
    const exception = exceptions?.[0]?.reason;
    const mandatory = policyEvent.enforcementLevel === "mandatory" && exception === undefined;
    const finding: PolicyFinding = {
      level: mandatory ? "mandatory" : "advisory",
      policy: cleanText(policyEvent.policyName),
      pack: cleanText(policyEvent.policyPackName),
      message: onStack(readable(policyEvent.message, titles), stack),
      ...(urn && { urn: cleanText(urn), resource: titleIn(titles, urn) }),
      ...(exception !== undefined && { exception: cleanText(exception) }),
    };
    found.set(JSON.stringify(finding), finding);
  }
  return [...found.values()].sort((one, other) => other.level.localeCompare(one.level));
}

/** What is known of a resource by its URN alone, e.g. `web service site`. */
export function resourceName(urn: string): string {
  const type = urn.split("::").at(-2)?.split("$").at(-1) ?? "";
  return type === "pulumi:pulumi:Stack" ? "the stack" : `${kindOf(type).kind} ${nameOf(urn)}`;
}

function titleIn(titles: Titles, urn: string): string {
  return titles.get(urn) ?? resourceName(urn);
}

function readable(message: string, titles: Titles): string {
  return ownWords(cleanText(message))
    .replaceAll(NAMED_URN, (_whole, urn: string) => titleIn(titles, urn))
    .replaceAll(/[ \t]+$/gm, "")
    .trim();
}
