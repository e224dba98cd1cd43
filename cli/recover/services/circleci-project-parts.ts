/** What belongs to a CircleCI project. */
import type { z } from "zod";
import {
  checkoutKeyAnswer,
  definitionAnswer,
  projectVariableAnswer,
  type TriggerAnswer,
  triggerAnswer,
} from "../../../providers/circleci/plugin/answers.ts";
import { projectPath } from "../../../providers/circleci/plugin/project-api.ts";
import { segment } from "../../../providers/kit/vendor-client.ts";
import { optionalText, type Recipes, type Search, text } from "../recipe.ts";
import { circleciApi } from "./circleci.ts";

const KEY_TYPES: Record<string, string> = { "deploy-key": "deploy-key", "user-key": "github-user-key" };

export const circleciProjectRecipes: Recipes = {
  "circleci:index:CheckoutKey": {
    kind: "CircleCI checkout key",
    mayRepeat: true,
    describe: (search) => `(${text(search, "type")}) of ${text(search, "project")}`,
    async find(search) {
      const project = text(search, "project");
      const keys = await listOf(search, `${projectPath(project)}/checkout-key`, checkoutKeyAnswer);
      return keys
        .filter(({ type }) => type === KEY_TYPES[text(search, "type")])
        .map(({ fingerprint }) => `${project}/${fingerprint}`)
        .map((id) => ({ importId: id, stateId: id }));
    },
  },
  "circleci:index:ProjectVariable": {
    kind: "CircleCI project variable",
    describe: (search) => `${text(search, "name")} of ${text(search, "project")}`,
    async find(search) {
      const [project, name] = [text(search, "project"), text(search, "name")];
      const api = circleciApi(search);
      const path = `${projectPath(project)}/envvar/${segment(name)}`;
      const found = await api.client.find(api, path, projectVariableAnswer);
      const id = `${project}/${name}`;
      return found ? [{ importId: id, stateId: id }] : [];
    },
  },
  "circleci:index:PipelineDefinition": {
    kind: "CircleCI pipeline definition",
    mayRepeat: true,
    describe: (search) => `"${text(search, "name")}"`,
    async find(search) {
      const projectId = text(search, "projectId");
      const definitions = await listOf(search, definitionsPath(projectId), definitionAnswer);
      return definitions
        .filter(({ name }) => name === text(search, "name"))
        .map(({ id, created_at }) => ({ id: `${projectId}/${id}`, madeAt: created_at || undefined }))
        .map(({ id, madeAt }) => ({ importId: id, stateId: id, madeAt }));
    },
  },
  "circleci:index:Trigger": {
    kind: "CircleCI trigger",
    mayRepeat: true,
    describe: (search) => `on ${eventOf(search)}`,
    async find(search) {
      const [projectId, definitionId] = [text(search, "projectId"), text(search, "definitionId")];
      const path = `${definitionsPath(projectId)}/${segment(definitionId)}/triggers`;
      return (await listOf(search, path, triggerAnswer))
        .filter((found) => isSame(found, search))
        .map(({ id, created_at }) => ({ id: `${projectId}/${definitionId}/${id}`, madeAt: created_at || undefined }))
        .map(({ id, madeAt }) => ({ importId: id, stateId: id, madeAt }));
    },
  },
};

function definitionsPath(projectId: string): string {
  return `/api/v2/projects/${segment(projectId)}/pipeline-definitions`;
}

function eventOf(search: Search): string {
  return optionalText(search, "eventPreset") ?? optionalText(search, "eventName") ?? text(search, "provider");
}

/** Started by the same events; what is not declared, CircleCI fills in. */
function isSame(found: TriggerAnswer, search: Search): boolean {
  const { event_source: source } = found;
  const actual = {
    provider: source?.provider,
    repositoryId: source?.repo?.external_id,
    eventPreset: found.event_preset,
    eventName: found.event_name,
    sender: source?.webhook?.sender,
  };
  return Object.entries(actual).every(([name, value]) => {
    const declared = optionalText(search, name);
    return declared === undefined || declared === value;
  });
}

function listOf<Item>(search: Search, path: string, item: z.ZodType<Item>): Promise<Item[]> {
  const api = circleciApi(search);
  return api.client.list(api, path, item);
}
