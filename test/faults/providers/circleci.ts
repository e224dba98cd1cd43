/** CircleCI's resources in the table of faults. */
import { fileURLToPath } from "node:url";
import {
  CHECKOUT_KEY,
  type CircleciWorld,
  CONTEXT,
  CONTEXT_RESTRICTION,
  CONTEXT_VARIABLE,
  PIPELINE_DEFINITION,
  PROJECT,
  PROJECT_VARIABLE,
  startCircleciWorld,
  TRIGGER,
} from "../../providers/circleci-world.ts";
import { secret } from "../../providers/harness.ts";
import type { Subject } from "./table.ts";

const SLUG = "gh/acme/site";
const LAUNCHER = [process.execPath, fileURLToPath(new URL("impatient-circleci.ts", import.meta.url))];

/** Starts one. `stop` must be called. */
export const startTableWorld = (): Promise<CircleciWorld> => startCircleciWorld({ launcher: LAUNCHER });

const appProject = async ({ plugin, app }: CircleciWorld): Promise<string> =>
  String((await plugin.create(PROJECT, { organization: app, name: "site" })).outputs["projectId"]);
const contextId = async ({ plugin }: CircleciWorld): Promise<string> =>
  (await plugin.create(CONTEXT, { name: "production", organization: "gh/acme" })).id;
const definition = (projectId: string) => ({
  projectId,
  name: "delivery",
  configSource: { repositoryId: "1001" },
  checkoutSource: { repositoryId: "1001" },
});

/** Every resource, with an update that touches what an update can. */
export const circleciSubjects: readonly Subject<CircleciWorld>[] = [
  {
    name: "Project",
    token: PROJECT,
    prepare: async () => ({ slug: SLUG }),
    changes: { settings: { disableSsh: true, oss: true } },
    counted: "projects",
  },
  {
    name: "App project",
    token: PROJECT,
    prepare: async ({ app }) => ({ organization: app, name: "site" }),
    changes: { settings: { disableSsh: true } },
    counted: "projects",
  },
  {
    name: "CheckoutKey",
    token: CHECKOUT_KEY,
    async prepare({ plugin }) {
      await plugin.create(PROJECT, { slug: SLUG });
      return { project: SLUG };
    },
    counted: "checkoutKeys",
  },
  {
    name: "ProjectVariable",
    token: PROJECT_VARIABLE,
    async prepare({ plugin }) {
      await plugin.create(PROJECT, { slug: SLUG });
      return { project: SLUG, name: "TOKEN", value: secret("value-1234") };
    },
    changes: { value: secret("value-5678") },
    counted: "projectVariables",
  },
  {
    name: "Context",
    token: CONTEXT,
    prepare: async () => ({ name: "production", organization: "gh/acme" }),
    counted: "contexts",
  },
  {
    name: "ContextVariable",
    token: CONTEXT_VARIABLE,
    prepare: async (world) => ({ contextId: await contextId(world), name: "TOKEN", value: secret("value-1234") }),
    changes: { value: secret("value-5678") },
    counted: "contextVariables",
  },
  {
    name: "ContextRestriction",
    token: CONTEXT_RESTRICTION,
    prepare: async (world) => ({ contextId: await contextId(world), type: "expression", value: "true" }),
    counted: "contextRestrictions",
  },
  {
    name: "PipelineDefinition",
    token: PIPELINE_DEFINITION,
    prepare: async (world) => definition(await appProject(world)),
    changes: { description: "Tests and delivers" },
    counted: "pipelineDefinitions",
  },
  {
    name: "Trigger",
    token: TRIGGER,
    async prepare(world) {
      const projectId = await appProject(world);
      const { outputs } = await world.plugin.create(PIPELINE_DEFINITION, definition(projectId));
      const definitionId = String(outputs["definitionId"]);
      return { projectId, definitionId, repositoryId: "1001", eventPreset: "all-pushes" };
    },
    changes: { eventPreset: "only-tags" },
    counted: "triggers",
  },
];
