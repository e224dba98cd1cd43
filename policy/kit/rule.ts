/** What a rule of the pack is made of. A rule says what it finds; policy.ts makes a policy of the engine's of it. */
import type { Severity } from "@pulumi/policy";
import type { PropertyTree } from "../../providers/kit/values.ts";

/** A resource as a rule sees it. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Secrets and unknowns are marked. */
  readonly properties: PropertyTree;
  readonly protect: boolean;
}

/** A resource among all those of the stack. */
export interface StackSubject extends Subject {
  /** URNs of the resources that a property's value comes from. */
  sourcesOf(property: string): readonly string[];
}

/** What breaks a rule. It never holds the value of a property that may be secret. */
export interface Finding {
  /** Which resource, and what is wrong with it. */
  readonly problem: string;
  /** The resource, where the rule looks at the whole stack. */
  readonly urn?: string;
  /** What to do, where the rule's own remedy does not fit. */
  readonly mend?: string;
}

/** A list that the pack's configuration may replace, `policy/config.json`. */
export interface Setting {
  readonly description: string;
  readonly default: readonly string[];
  /** The words that may stand in it; anything by default. */
  readonly words?: readonly string[];
  /** A format that each item has to have. */
  readonly format?: "regex";
}

/** The settings of a rule, by name. */
export type Settings = Readonly<Record<string, readonly string[]>>;

interface About {
  /** Its name in reports and in `policy/config.json`. */
  readonly name: string;
  /** What holds when it is kept, in a sentence. */
  readonly title: string;
  /** `production`: only in stacks with `delivery:production: true`. */
  readonly where: "production" | "everywhere";
  /** Whether breaking it stops the run. */
  readonly level: "mandatory" | "advisory";
  readonly severity: Severity;
  /** Why there is such a rule, in a sentence. */
  readonly reason: string;
  /** What to do: the key of the stack's file, and the command. */
  readonly mend: string;
  readonly settings?: Readonly<Record<string, Setting>>;
}

/** A rule that looks at the inputs of one resource at a time, before anything is done to it. */
export interface ResourceRule extends About {
  /** Types of the resources that it looks at; every type by default. */
  readonly types?: readonly string[];
  check(resource: Subject, settings: Settings): Iterable<Finding>;
}

/** A rule that looks at the whole stack, at the end of a preview or an update. */
export interface StackRule extends About {
  checkStack(resources: readonly StackSubject[], settings: Settings): Iterable<Finding>;
}

/** A rule of either kind. */
export type Rule = ResourceRule | StackRule;
