/** The table of faults of Render's resources: a fixed part of it, and all of it with FAULTS=all. */
import assert from "node:assert/strict";
import { type FaultWorld, faultTable, type Operation, outageTable, type Subject } from "./fault-table.ts";
import { secret } from "./harness.ts";
import { CREDENTIAL, ENVIRONMENT, PROJECT, type RenderWorld, startRenderWorld, WEB_SERVICE } from "./render-world.ts";

/** The waits between attempts are longer than the work: so many cases run beside each other. */
const WORLDS = 6;
/** One case in so many runs by itself: Render's web service has some hundred requests in its life. */
const STEPS = process.env["FAULTS"] === "all" ? { small: 1, service: 1 } : { small: 3, service: 11 };
const OPERATIONS: readonly Operation[] = ["create", "read", "update", "delete"];

/** A world whose requests are counted since its last reset. */
interface TableWorld extends FaultWorld, Pick<RenderWorld, "ownerId" | "site" | "api"> {}

function forTable(world: RenderWorld): TableWorld {
  let asked: string[] = [];
  return {
    ...world,
    async requests() {
      asked = [...asked, ...(await world.requests())];
      return asked;
    },
    async reset() {
      await world.reset();
      asked = [];
    },
  };
}

const withEnvironments = async ({ api, ownerId }: TableWorld): Promise<{ projectId: string; ids: string[] }> => {
  const environments = [{ name: "production" }, { name: "staging" }];
  const project = await api("POST", "/projects", { name: "shop", ownerId, environments });
  const found = await api("GET", `/environments?projectId=${project.id}`);
  return { projectId: project.id, ids: found.map((item: { environment: { id: string } }) => item.environment.id) };
};

/** Every resource, with an update that touches all that an update can. */
const subjects: readonly Subject<TableWorld>[] = [
  {
    name: "RegistryCredential",
    token: CREDENTIAL,
    prepare: async ({ ownerId }) => ({
      name: "hub",
      ownerId,
      registry: "DOCKER",
      username: "acme",
      authToken: secret("t0ken-one"),
    }),
    changes: { username: "acme-bot", authToken: secret("t0ken-two") },
    counted: "registryCredentials",
  },
  {
    name: "Project",
    token: PROJECT,
    prepare: async ({ ownerId }) => ({
      name: "shop",
      ownerId,
      environments: [{ name: "production" }, { name: "staging" }],
    }),
    changes: {
      name: "store",
      environments: [{ name: "production", protectedStatus: "protected" }, { name: "review" }],
    },
    counted: "projects",
  },
  {
    name: "Environment",
    token: ENVIRONMENT,
    prepare: async (world) => ({ name: "review", projectId: (await withEnvironments(world)).projectId }),
    changes: { name: "preview", networkIsolationEnabled: true },
    counted: "environments",
  },
  {
    name: "WebService",
    token: WEB_SERVICE,
    prepare: async (world) =>
      world.site({
        environmentId: (await withEnvironments(world)).ids[0],
        environmentVariables: { A: "1", OLD: "x" },
        secretFiles: { "old.pem": "k3y-material" },
        customDomains: ["a.example.com"],
      }),
    changes: {
      environmentId: undefined,
      image: "ghcr.io/acme/site:2",
      plan: "standard",
      numInstances: 2,
      environmentVariables: { A: "2" },
      generatedVariables: ["SECRET_KEY"],
      secretFiles: { "new.pem": "k3y-material" },
      customDomains: ["b.example.com"],
    },
    counted: "services",
  },
];

describe("render: the table of faults", function () {
  this.timeout(STEPS.small === 1 ? 3_600_000 : 600_000);
  let worlds: RenderWorld[] = [];
  before(async () => {
    worlds = await Promise.all(Array.from({ length: WORLDS }, startRenderWorld));
  });
  after(() => Promise.all(worlds.map((world) => world.stop())));

  for (const subject of subjects)
    for (const operation of OPERATIONS) {
      const step = subject.name === "WebService" ? STEPS.service : STEPS.small;
      it(`${subject.name}: ${operation} ends as declared, whatever is lost`, async () => {
        assert.deepEqual(await faultTable(worlds.map(forTable), subject, operation, step), []);
      });
    }

  it("ends as declared after the next run when Render hides for a while what its writes did", async () => {
    const [world] = worlds.map(forTable);
    assert.ok(world);
    for (const subject of subjects.slice(0, 3))
      for (const operation of ["create", "update", "delete"] satisfies Operation[])
        assert.deepEqual(await outageTable(world, subject, operation), [], `${subject.name} ${operation}`);
  });
});
