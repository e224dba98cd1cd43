/** What emulated CircleCI has, for people to look at. Of variables only the names. */
import { type ObjectGroup, objectGroup, type ShownObject } from "../core/overview.ts";
import type { Circleci } from "./circleci.ts";
import type { CheckoutKey, Context, ContextVariable, PipelineDefinition, Project, ProjectVariable } from "./model.ts";

/** The kinds worth showing, the newest objects of each. */
export function circleciOverview(circleci: Circleci): ObjectGroup[] {
  const { projects, contexts, contextVariables, projectVariables, checkoutKeys, pipelineDefinitions } = circleci;
  const projectName = (id: string): string => projects.find((project) => project.id === id)?.name ?? id;
  return [
    objectGroup(
      "Projects",
      projects.list(({ followed }) => followed),
      showProject,
    ),
    objectGroup("Contexts", contexts.list(), (context) => showContext(circleci, context)),
    objectGroup("Context variables", contextVariables.list(), (variable) => showContextVariable(circleci, variable)),
    objectGroup("Project variables", projectVariables.list(), (variable) =>
      showProjectVariable(variable, projectName(variable.projectId)),
    ),
    objectGroup("Checkout keys", checkoutKeys.list(), (key) => showCheckoutKey(key, projectName(key.projectId))),
    objectGroup("Pipeline definitions", pipelineDefinitions.list(), (definition) =>
      showPipelineDefinition(definition, projectName(definition.projectId)),
    ),
  ];
}

function showProject(project: Project): ShownObject {
  return { id: project.id, name: project.name, detail: project.slug };
}

function showContext(circleci: Circleci, context: Context): ShownObject {
  const restrictions = circleci.contextRestrictions.list(({ contextId }) => contextId === context.id);
  const types = new Set(restrictions.map(({ type }) => type));
  return {
    id: context.id,
    name: context.name,
    detail: types.size > 0 ? `restricted by ${[...types].join(", ")}` : "not restricted",
    time: context.createdAt,
  };
}

function showContextVariable(circleci: Circleci, variable: ContextVariable): ShownObject {
  const context = circleci.contexts.get(variable.contextId);
  return {
    id: `${variable.contextId}/${variable.name}`,
    name: variable.name,
    ...(context && { detail: `in ${context.name}` }),
    time: variable.updatedAt,
  };
}

function showProjectVariable(variable: ProjectVariable, project: string): ShownObject {
  return {
    id: `${variable.projectId}/${variable.name}`,
    name: variable.name,
    detail: `in ${project}`,
    time: variable.createdAt,
  };
}

function showCheckoutKey(key: CheckoutKey, project: string): ShownObject {
  return { id: `${key.projectId}/${key.md5}`, name: key.type, detail: `of ${project}`, time: key.createdAt };
}

function showPipelineDefinition(definition: PipelineDefinition, project: string): ShownObject {
  return { id: definition.id, name: definition.name, detail: `of ${project}`, time: definition.createdAt };
}
