/** One resource's change, with what it means. */
import type { ResourceState } from "../engine-events/index.ts";
import { kindOf, type ResourceKind } from "./catalogue/index.ts";
import { byImportance, high, highest, low, type Meaning, meaningText, medium } from "./catalogue/meaning.ts";
import { enumeration, knownValue, meaningsByRule } from "./catalogue/rule.ts";
import { type Properties, propertiesOf } from "./properties.ts";
import type { ChangeOperation, PropertyChange, ReportAbout, ResourceChange, Service, Side } from "./report.ts";
import type { ResourceStep } from "./steps.ts";
import { cleanText, shortLine } from "./values/clean.ts";
import { sideOf } from "./values/marker.ts";
import { valueAt } from "./values/path.ts";
import { ownWords } from "./vendor-errors.ts";

/** A change, and what was left out of it. */
export interface FoundChange {
  readonly service: Service;
  readonly change: ResourceChange;
  /** The meanings of `change`, before they are words. */
  readonly meanings: readonly Meaning[];
  readonly noise: Properties["noise"];
}

/** How long names and meanings are, at most: they stand in sentences. */
const LABEL = 100;
const MEANING = 300;
const REASON = 150;

/** Settings of the engine about a resource, which no provider compares. */
const OPTIONS = "options.";

/** What a step does to its resource; undefined when that is nothing for anybody. */
export function resourceChange(step: ResourceStep, about: ReportAbout): FoundChange | undefined {
  const kind = kindOf(step.type);
  const { changes, noise } = propertiesOf(step, kind, about.operation);
  const properties = [...changes, ...optionChanges(step, about)];
  const operation = operationOf(step, properties, about);
  if (operation === undefined) return undefined;
  const label = labelOf(step, kind);
  const told = { label, properties, stack: about.stack, failed: step.old?.initErrors ?? [] };
  const meanings = meaningsOf(kind, operation, told);
  const happened = about.operation === "drift" || step.progression === "done";
  const change: ResourceChange = {
    urn: cleanText(step.urn),
    type: cleanText(step.type),
    kind: kind.kind,
    name: nameOf(step.urn),
    label: kind.shown?.(label) ?? label,
    operation,
    progression: step.progression,
    meanings: meanings.map((meaning) => shortLine(meaningText(meaning, happened), MEANING)),
    importance: highest(meanings),
    properties,
  };
  return { service: kind.service, change, meanings, noise };
}

/** The logical name: what stands last in a URN. */
export function nameOf(urn: string): string {
  return shortLine(cleanText(urn.split("::").at(-1) ?? urn), LABEL);
}

/** What a resource is called at its service. */
export function labelOf({ urn, old, new: made, operation }: ResourceStep, { labels }: ResourceKind): string {
  // A renamed one is still found under its old name.
  const states = operation === "create" || operation === "import" ? [made] : [old, made];
  const places = states.flatMap((state) => [state?.outputs, state?.inputs]);
  for (const path of labels) {
    for (const place of places) {
      const label = knownValue(sideOf(valueAt(place, path.split("."))));
      if (typeof label === "string" && label !== "") return shortLine(label, LABEL);
    }
  }
  return nameOf(urn);
}

/**
 * Something that changed nothing that counts is no change. An update for which the provider names no difference at all is
 * one: the engine plans it where the last operation failed.
 */
function operationOf(
  { operation, differences }: ResourceStep,
  properties: readonly PropertyChange[],
  about: ReportAbout,
): ChangeOperation | undefined {
  if (operation !== "same" && operation !== "update") return operation;
  const isRepair = operation === "update" && about.operation !== "drift" && Object.keys(differences).length === 0;
  return properties.length > 0 || isRepair ? "update" : undefined;
}

/** Protection that comes or goes: the engine calls the resource the same. */
function optionChanges({ operation, old, new: made }: ResourceStep, about: ReportAbout): PropertyChange[] {
  const stays = operation === "same" || operation === "update" || operation === "replace";
  if (about.operation === "drift" || !stays || !old || !made) return [];
  // What is protected is retained as well, so one of the two tells both.
  const option = (["protect", "retainOnDelete"] as const).find((name) => old[name] !== made[name]);
  if (option === undefined) return [];
  const side = (state: ResourceState): Side => ({ state: "known", value: state[option] });
  return [{ path: `${OPTIONS}${option}`, before: side(old), after: side(made), replaces: false }];
}

/** `web service site-production`, as a report names it. */
export function titleOf(step: ResourceStep): string {
  const kind = kindOf(step.type);
  const label = labelOf(step, kind);
  return `${nounOf(kind)} ${kind.shown?.(label) ?? label}`;
}

/** What the meanings are made from. */
interface Told {
  readonly label: string;
  readonly properties: readonly PropertyChange[];
  readonly stack: string;
  /** What was wrong at the end of the operation before. */
  readonly failed: readonly string[];
}

function meaningsOf(kind: ResourceKind, operation: ChangeOperation, told: Told): Meaning[] {
  const { label } = told;
  const whole = `the ${nounOf(kind)} ${kind.shown?.(label) ?? label}`;
  if (operation === "update") return updateMeanings(kind, whole, told);
  const own = kind.says?.[operation];
  if (own) return [own(label)];
  const causes = told.properties.filter(({ replaces }) => replaces).map(({ path }) => path);
  const because =
    causes.length > 0 ? `its ${enumeration(causes)} ${causes.length > 1 ? "change" : "changes"}` : undefined;
  const verbs = {
    create: () => low("creates", whole),
    import: () => low("imports", whole),
    replace: () => (kind.loss ? high : medium)("replaces", whole, because),
    delete: () => (kind.loss ? high : medium)("deletes", whole),
    forget: () => medium("forgets", `${whole}, which goes on existing`),
  };
  return [verbs[operation]()];
}

function updateMeanings(kind: ResourceKind, whole: string, { label, properties, stack, failed }: Told): Meaning[] {
  const meanings: Meaning[] = [];
  const rest: string[] = [];
  for (const change of properties) {
    const isOption = change.path.startsWith(OPTIONS);
    const told = isOption ? optionMeanings(change, whole) : meaningsByRule(kind.rules ?? [], { change, label, stack });
    meanings.push(...told);
    if (told.length === 0 && !isOption) rest.push(change.path);
  }
  if (rest.length > 0) meanings.push(low("changes", `${enumeration(rest)} of ${whole}`));
  if (meanings.length === 0) meanings.push(repair(whole, failed));
  return [...new Map(meanings.map((meaning) => [meaningText(meaning, false), meaning])).values()].sort(byImportance);
}

/** Of a step without a difference: what it mends is known by what was wrong. */
function repair(whole: string, [reason]: readonly string[]): Meaning {
  if (reason === undefined) return low("changes", `what the engine keeps of ${whole}`);
  return medium("repairs", `${whole} after a failed update`, shortLine(ownWords(cleanText(reason)), REASON));
}

function optionMeanings({ path, after }: PropertyChange, whole: string): Meaning[] {
  if (path !== `${OPTIONS}protect`) return [];
  const isProtected = knownValue(after) === true;
  return [
    isProtected ? low("protects", `${whole} from deletion`) : high("unprotects", whole, "nothing stops its deletion"),
  ];
}

/** `Render project`, `ruleset`: with its service where the word alone is used by several. */
export function nounOf({ service, kind }: ResourceKind): string {
  const shared = ["project", "environment", "team", "key", "alert"].includes(kind);
  return shared && service !== "Other" ? `${service} ${kind}` : kind;
}
