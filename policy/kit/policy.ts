/** Makes a policy of the engine's of a rule. */
import type {
  Policy,
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { EngineCalls } from "./engine-calls.ts";
import type { Finding, Rule, Settings, StackSubject } from "./rule.ts";

/** The key that makes a stack production. */
const PRODUCTION = "delivery:production";

/** The policy. What is unknown or secret, and whether the stack is production, comes from the engine's calls. */
export function asPolicy(rule: Rule, calls: EngineCalls): ResourceValidationPolicy | StackValidationPolicy {
  const isOn = (): boolean => rule.where === "everywhere" || calls.configured(PRODUCTION) === "true";
  const about: Policy = {
    name: rule.name,
    description: rule.title,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.mend,
    ...(rule.settings && { configSchema: configSchema(rule.settings) }),
  };
  if ("checkStack" in rule)
    return {
      ...about,
      validateStack({ resources, ...args }, report) {
        if (!isOn()) args.notApplicable(`The stack does not say ${PRODUCTION}: true.`);
        const subjects = resources.map((resource) => stackSubject(resource, calls));
        tell(rule, rule.checkStack(subjects, args.getConfig<Settings>()), report);
      },
    };
  return {
    ...about,
    validateResource(args, report) {
      if (!isOn()) args.notApplicable(`The stack does not say ${PRODUCTION}: true.`);
      if (rule.types && !rule.types.includes(args.type)) args.notApplicable("It is about resources of another type.");
      const { urn, type, name, opts } = args;
      const subject = { urn, type, name, properties: calls.inputsOf(urn), protect: opts.protect };
      tell(rule, rule.check(subject, args.getConfig<Settings>()), report);
    },
  };
}

function stackSubject({ urn, type, name, opts, propertyDependencies }: PolicyResource, calls: EngineCalls) {
  const subject: StackSubject = {
    urn,
    type,
    name,
    properties: calls.outputsOf(urn),
    protect: opts.protect,
    sourcesOf: (property) => (propertyDependencies[property] ?? []).map((source) => source.urn),
  };
  return subject;
}

function tell(rule: Rule, findings: Iterable<Finding>, report: ReportViolation): void {
  for (const { problem, mend = rule.mend, urn } of findings)
    report(`${problem}\nWhy: ${rule.reason}\nFix: ${mend}`, urn);
}

function configSchema(settings: NonNullable<Rule["settings"]>): PolicyConfigSchema {
  const properties = Object.entries(settings).map(([name, { description, default: standard, words, format }]) => {
    const items = { type: "string" as const, ...(words && { enum: [...words] }), ...(format && { format }) };
    return [name, { type: "array" as const, description, items, default: [...standard] }];
  });
  return { properties: Object.fromEntries(properties) };
}
