import { removeCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp } from "../kit/look-up.ts";
import { CONTEXT, CONTEXT_RESTRICTION } from "../kit/resource-types.ts";
import type { StackRule, StackSubject } from "../kit/rule.ts";

/** A context's variables are for the jobs of one project. */
export const restrictedContext: StackRule = {
  name: "restricted-context",
  title: "A CircleCI context is restricted to its project.",
  where: "everywhere",
  level: "mandatory",
  severity: "high",
  reason: "Otherwise any job of any project in the organization can take the context's variables.",
  mend:
    `\`${removeCommand("delivery:pipeline.restrictContext")}\`. It takes the CircleCI token of an administrator of the ` +
    "organization.",
  *checkStack(resources) {
    const restrictions = resources.filter(
      ({ type, properties }) => type === CONTEXT_RESTRICTION && lookUp(properties, "type") === "project",
    );
    for (const context of resources.filter(({ type }) => type === CONTEXT))
      if (!restrictions.some((restriction) => isOf(context, restriction)))
        yield { problem: `${labelOf(context)} is open to every project of the organization.`, urn: context.urn };
  },
};

function isOf(context: StackSubject, restriction: StackSubject): boolean {
  const id = lookUp(context.properties, "contextId");
  const isNamed = typeof id === "string" && lookUp(restriction.properties, "contextId") === id;
  return isNamed || restriction.sourcesOf("contextId").includes(context.urn);
}
