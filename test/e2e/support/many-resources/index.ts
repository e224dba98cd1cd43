/** A program of 300 resources, for a report that is too long to be shown whole. */
import { Context, ContextVariable } from "../../../../providers/circleci/index.ts";

const CONTEXTS = 10;
const VARIABLES = 29;

for (let group = 0; group < CONTEXTS; group += 1) {
  const context = new Context(`team-${group}`, { name: `team-${group}`, organization: "gh/acme" });
  for (let index = 0; index < VARIABLES; index += 1) {
    const name = `VARIABLE_${group}_${index}`;
    new ContextVariable(name, { contextId: context.contextId, name, value: `${name} has a value of its own` });
  }
}
