/** The one sentence: how many changes, what the most important ones mean, and whether anything is lost. */
import { byImportance, type Meaning, meaningText, type Verb } from "./catalogue/meaning.ts";
import { enumeration } from "./catalogue/rule.ts";
import type { Counts, Diagnostic, PolicyFinding, ReportOperation } from "./report.ts";
import type { FoundChange } from "./resource-change.ts";

/** What the sentence is made from. */
export interface HeadlineParts {
  readonly operation: ReportOperation;
  readonly failed: boolean;
  /** How many changes an update was to make. */
  readonly planned?: number | undefined;
  readonly found: readonly FoundChange[];
  readonly unchanged: number;
  readonly counts: Counts;
  /** Names of what is lost with all that the site's users have put into it. */
  readonly lost: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly policy: readonly PolicyFinding[];
}

/** Meanings that are named; the rest is counted. */
const NAMED = 3;

/** Of so many that come new, each is named no more. */
const MANY = 4;

/** What happens to objects as a whole, and so can be counted. */
const COUNTED: readonly Verb[] = ["creates", "imports", "replaces", "deletes", "forgets", "protects", "unprotects"];

const FIRST: readonly Verb[] = ["replaces", "deletes", "deploys"];

const MOST_CHARACTERS = 200;

/** The sentence, in plain text; before it another one when data is lost. */
export function headlineOf(parts: HeadlineParts): string {
  return `${dataLoss(parts)}${sentence(parts)}`;
}

function dataLoss({ operation, lost }: HeadlineParts): string {
  if (lost.length === 0) return "";
  const verb = { preview: "WOULD LOSE DATA", up: "DATA WAS DELETED", drift: "DATA IS GONE" }[operation];
  return `${verb}: ${enumeration(lost)}. `;
}

function sentence(parts: HeadlineParts): string {
  const { operation, failed, found, unchanged } = parts;
  if (failed) return failure(parts);
  const own = found.filter(({ change }) => change.partOf === undefined);
  if (own.length === 0) {
    const stay = unchanged === 1 ? "1 resource is" : `${unchanged} resources are`;
    return operation === "drift" ? `No drift: ${stay} as the stack has them.` : `No changes: ${stay} as declared.`;
  }
  const happened = operation !== "preview";
  const changes = own.length === 1 ? "1 change" : `${own.length} changes`;
  const start = { preview: changes, up: `${changes} made`, drift: `${changes} outside the stack` }[operation];
  return `${start}: ${meanings(own, unchanged, happened)}; ${losses(parts)}.`;
}

function meanings(own: readonly FoundChange[], unchanged: number, happened: boolean): string {
  const isNew = unchanged === 0 && own.every(({ change }) => change.operation === "create");
  if (isNew && own.length >= MANY) {
    const services = [...new Set(own.map(({ service }) => (service === "Image" ? "the image" : service)))];
    return `${happened ? "created" : "creates"} the whole chain at ${enumeration(services, services.length)}`;
  }
  const phrases = grouped(own.flatMap(({ meanings: all }) => all)).sort(
    (one, other) => Number(isFirst(other)) - Number(isFirst(one)) || byImportance(one, other),
  );
  const all = [...new Set(phrases.map(({ detail: _, ...meaning }) => meaningText(meaning, happened)))];
  const rest = all.length - NAMED;
  return [...all.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join(", ");
}

/** Of many objects to which the same happens, one phrase for those that are as important as each other. */
function grouped(meanings: readonly Meaning[]): Meaning[] {
  const alike = Map.groupBy(meanings, ({ verb, importance }) => `${verb} ${importance}`);
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length < MANY || !COUNTED.includes(first.verb)) return same;
    return [{ verb: first.verb, text: `${same.length} objects`, importance: first.importance }];
  });
}

/** What no reader may miss, before what else is important. */
function isFirst({ verb, importance }: Meaning): boolean {
  return importance === "high" && FIRST.includes(verb);
}

function losses({ operation, counts }: HeadlineParts): string {
  const happened = operation !== "preview";
  const { replace, delete: deleted, forget } = counts;
  if (operation === "drift")
    return deleted === 0 ? "nothing is gone" : `${deleted} ${deleted === 1 ? "is" : "are"} gone`;
  const be = (count: number): string => (happened ? (count === 1 ? "was" : "were") : count === 1 ? "is" : "are");
  if (replace + deleted + forget === 0) return `nothing ${happened ? "was" : "is"} replaced or deleted`;
  const told = [
    ...(replace > 0 ? [`${replace} ${be(replace)} replaced`] : []),
    ...(deleted > 0 ? [`${deleted} ${be(deleted)} deleted`] : []),
    ...(forget > 0 ? [forget === 1 ? "1 leaves the stack and stays" : `${forget} leave the stack and stay`] : []),
  ];
  return told.join(", ");
}

function failure({ operation, found, planned, diagnostics, policy }: HeadlineParts): string {
  const what = { preview: "The preview", up: "The update", drift: "The look for drift" }[operation];
  const done = found.filter(({ change }) => change.progression === "done").length;
  const progress =
    operation === "up" && found.length > 0 ? ` after ${done} of ${Math.max(planned ?? 0, found.length)} changes` : "";
  const broken = policy.filter(({ level }) => level === "mandatory");
  const error = diagnostics.find(({ severity }) => severity === "error");
  const reason =
    broken.length > 0 ? brokenPolicies(broken) : ((error && firstSentence(error)) ?? "the engine says no reason");
  return `${what} failed${progress}: ${reason}`;
}

function brokenPolicies(broken: readonly PolicyFinding[]): string {
  const names = [...new Set(broken.map(({ policy }) => policy))];
  return `${names.length === 1 ? "a mandatory policy is" : `${names.length} mandatory policies are`} broken: ${enumeration(names)}.`;
}

/** The first sentence that says something, e.g. not the `1 error occurred:` of Terraform's plugins. */
function firstSentence({ message, resource }: Diagnostic): string {
  const lines = message.split("\n").map((line) => line.replace(/^[\s*]+/, "").trim());
  const start = lines.findIndex((line) => line !== "" && !/^\d+ errors? occurred:$/.test(line));
  const paragraph = lines.slice(start, start + 3).join(" ");
  const [sentence = paragraph] = /^.+?[.!?](?= |$)/.exec(paragraph) ?? [];
  const short =
    sentence.length > MOST_CHARACTERS ? `${sentence.slice(0, MOST_CHARACTERS).replace(/\W+$/, "")}...` : sentence;
  return resource === undefined || short.includes(resource) ? short : `${resource}: ${short}`;
}
