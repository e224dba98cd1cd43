/** From the engine's events to a report. */
import type { EngineEvent } from "../engine-events/index.ts";
import { kindOf } from "./catalogue/index.ts";
import { byImportance } from "./catalogue/meaning.ts";
import { dangerOf, lostData } from "./dangers.ts";
import { headlineOf } from "./headline.ts";
import { liveOf } from "./live.ts";
import { liveDomains } from "./live-domains.ts";
import { diagnosticsOf, policyFindings } from "./messages.ts";
import { propertiesOf } from "./properties.ts";
import type { Counts, Hidden, Outcome, Report, ReportAbout, Service, ServiceReport } from "./report.ts";
import { type FoundChange, resourceChange, titleOf } from "./resource-change.ts";
import { type ResourceStep, resourceSteps } from "./steps.ts";
import { cleanText } from "./values/clean.ts";
import { countsOf } from "./words.ts";

const SERVICES: readonly Service[] = ["GitHub", "CircleCI", "Image", "Render", "Sentry", "Other"];

/**
 * Reads what a run would do, or did, out of its events. In drift these are a refresh's: `old` is what the stack has,
 * `new` what was found, an update an edit and a delete a deletion at the service. Text from elsewhere is made harmless
 * to look at, and no value of a secret is kept.
 */
export function reportOf(events: readonly EngineEvent[], about: ReportAbout): Report {
  const { operation } = about;
  const stack = shortName(about.stack);
  const steps = resourceSteps(events, operation);
  const own = steps.filter(isAtService);
  const resources = own.map((step) => ({ step, found: resourceChange(step, { ...about, stack }) }));
  const changed = resources.flatMap(({ step, found }) => (found ? [{ step, found }] : []));
  const found = inOneDeploy(inOrder(changed.map((one) => one.found)));
  const counts = countsOf(found.map(({ change }) => change));
  const summary = events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  const failed = about.failure !== undefined || (summary?.result ?? "succeeded") !== "succeeded";
  const unchanged = resources.length - changed.length;
  const titles = new Map(own.map((step) => [step.urn, titleOf(step)]));
  const diagnostics = diagnosticsOf(events, titles, about);
  const policy = policyFindings(events, titles, { ...about, stack });
  const dangers = changed.flatMap(({ step, found: { change } }) => dangerOf(step, change, about) ?? []);
  const lost = changed.flatMap(({ step, found: { change } }) => lostData(step, change, about));
  const domains = liveDomains(steps);
  return {
    operation,
    outcome: outcomeOf(failed, counts),
    stack,
    sealed: about.sealed ?? false,
    headline: headlineOf({
      ...{ operation, failed, planned: about.planned, found, unchanged, counts, lost, diagnostics, policy },
    }),
    counts,
    changes: byService(resources, found),
    dangers,
    policy,
    diagnostics,
    live: liveOf(steps, failed),
    ...(domains.length > 0 && { domains }),
    hidden: hiddenOf(steps, resources, unchanged, about),
    durationSeconds: summary?.durationSeconds,
  };
}

/** `organization/project/stack` as people call it. */
function shortName(stack: string): string {
  return cleanText(stack.split("/").at(-1) ?? stack);
}

/** Components, providers, the stack and what is only read are nothing that changes at a service. */
function isAtService({ type, old, new: made }: ResourceStep): boolean {
  return !type.startsWith("pulumi:") && (made ?? old)?.custom === true;
}

type Resource = { readonly step: ResourceStep; readonly found: FoundChange | undefined };

/** In the order of the chain. */
function inOrder(found: readonly FoundChange[]): FoundChange[] {
  return SERVICES.flatMap((service) => found.filter((one) => one.service === service));
}

/** An image that is built for a deploy in the same run is a part of it. */
function inOneDeploy(found: readonly FoundChange[]): FoundChange[] {
  const deploy = found.find(
    ({ change }) =>
      change.kind === "web service" &&
      ["create", "update"].includes(change.operation) &&
      change.properties.some(({ path }) => path === "image"),
  );
  if (!deploy) return [...found];
  return found.map((one) => {
    const built = one.service === "Image" && one.meanings.every(({ verb }) => verb === "builds");
    return built ? { ...one, change: { ...one.change, partOf: deploy.change.urn } } : one;
  });
}

function byService(resources: readonly Resource[], found: readonly FoundChange[]): ServiceReport[] {
  const all = SERVICES.map((service) => {
    const changes = found
      .filter((one) => one.service === service)
      .map(({ change }) => change)
      .sort(byImportance);
    const present = resources.filter(({ step }) => kindOf(step.type).service === service);
    return { service, changes, unchanged: present.length - changes.length };
  });
  return all.filter(({ changes, unchanged }) => changes.length + unchanged > 0);
}

function outcomeOf(failed: boolean, counts: Counts): Outcome {
  if (failed) return "failed";
  if (counts.replace + counts.delete + counts.forget > 0) return "replaces or deletes";
  return Object.values(counts).some((count) => count > 0) ? "changes" : "no changes";
}

function hiddenOf(
  steps: readonly ResourceStep[],
  resources: readonly Resource[],
  unchanged: number,
  about: ReportAbout,
): Hidden {
  const noises = resources.flatMap(({ step, found }) => {
    if (found) return [found.noise];
    return step.operation === "update" ? [propertiesOf(step, kindOf(step.type), about.operation).noise] : [];
  });
  const sum = (kind: keyof FoundChange["noise"]): number => noises.reduce((total, noise) => total + noise[kind], 0);
  const internal = steps.filter((step) => !isAtService(step) && step.operation !== "same").length;
  return {
    unchanged,
    bookkeeping: sum("bookkeeping"),
    secrets: sum("secrets"),
    order: sum("order"),
    consequences: sum("consequences"),
    internal,
    defaults: 0,
  };
}
