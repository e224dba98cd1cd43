import assert from "node:assert/strict";
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
} from "./circleci-world.ts";
import { faultTable, type Operation, outageTable, type Subject } from "./fault-table.ts";
import { secret } from "./harness.ts";

const SLUG = "gh/acme/site";
/** The waits between attempts are longer than the work: so many cases run beside each other. */
const WORLDS = 8;

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

const subjects: readonly Subject<CircleciWorld>[] = [
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

describe("circleci: the table of faults", function () {
  this.timeout(600_000);
  let worlds: CircleciWorld[] = [];
  before(async () => {
    worlds = await Promise.all(Array.from({ length: WORLDS }, startCircleciWorld));
  });
  after(() => Promise.all(worlds.map((world) => world.stop())));

  for (const subject of subjects)
    for (const operation of ["create", "read", "update", "delete"] satisfies Operation[]) {
      if (operation === "update" && !subject.changes) continue;
      it(`${subject.name}: ${operation} ends as declared, whatever is lost`, async () => {
        assert.deepEqual(await faultTable(worlds, subject, operation), []);
      });
    }

  it("ends as declared after the next run when CircleCI hides for a while what its writes did", async () => {
    const cases = subjects.flatMap((subject) =>
      (["create", "update", "delete"] satisfies Operation[])
        .filter((operation) => operation !== "update" || subject.changes)
        .map((operation) => ({ subject, operation })),
    );
    const found: string[] = [];
    await Promise.all(
      worlds.map(async (world) => {
        for (let next = cases.shift(); next; next = cases.shift()) {
          const { subject, operation } = next;
          const problems = await outageTable(world, subject, operation);
          found.push(...problems.map((problem) => `${subject.name} ${operation}: ${problem}`));
        }
      }),
    );
    assert.deepEqual(found, []);
  });
});
