/** What the policy pack's rules say of resources that a program registered, or of ones that a test makes up. */
import type { Rule, Settings, StackSubject } from "../../../policy/kit/rule.ts";
import { rules } from "../../../policy/rules/index.ts";
import { Struct } from "../../../providers/kit/proto.ts";
import { decode } from "../../../providers/kit/wire.ts";
import type { Registration } from "./mock-engine.ts";

/** What a rule found. */
export interface Found {
  readonly rule: string;
  readonly problem: string;
}

/** A resource with these properties. */
export function subject(type: string, properties: StackSubject["properties"], protect = true): StackSubject {
  const name = "thing";
  return { urn: `urn:pulumi:s::p::${type}::${name}`, type, name, properties, protect, sourcesOf: () => [] };
}

/** The registered resources, as the engine hands them to a policy pack. */
export function subjectsOf(registrations: readonly Registration[]): StackSubject[] {
  return registrations.map(({ type, name, identity, inputs, protect, dependsOn }) => ({
    urn: identity,
    type,
    name,
    properties: decode(Struct.fromJavaScript(inputs as never)),
    protect,
    sourcesOf: () => registrations.filter((one) => dependsOn.includes(one.name)).map((one) => one.identity),
  }));
}

/** What one rule finds, with these settings besides its defaults. */
export function findings(rule: Rule, resources: readonly StackSubject[], settings: Settings = {}): string[] {
  const defaults = Object.entries(rule.settings ?? {}).map(([name, setting]) => [name, setting.default]);
  const all: Settings = { ...Object.fromEntries(defaults), ...settings };
  if ("checkStack" in rule) return [...rule.checkStack(resources, all)].map(({ problem }) => problem);
  return resources
    .filter(({ type }) => rule.types?.includes(type) ?? true)
    .flatMap((resource) => [...rule.check(resource, all)])
    .map(({ problem }) => problem);
}

/** What all rules find, those for production included, with settings by rule besides their defaults. */
export function allFindings(
  resources: readonly StackSubject[],
  settings: Readonly<Record<string, Settings>> = {},
): Found[] {
  return rules.flatMap((rule) =>
    findings(rule, resources, settings[rule.name]).map((problem) => ({ rule: rule.name, problem })),
  );
}
