import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import type { PropertyTree } from "../../providers/kit/values.ts";
import { scriptedDigest } from "../../sandbox/services/render/scripted-runner.ts";
import { Secret, type State, secret } from "./harness.ts";
import {
  BACKGROUND_WORKER,
  CRON_JOB,
  PRIVATE_SERVICE,
  type RenderWorld,
  startRenderWorld,
  WEB_SERVICE,
} from "./render-world.ts";

interface Type {
  readonly token: string;
  readonly type: string;
  readonly prefix: string;
  /** What only this type needs. */
  readonly own?: PropertyTree;
  /** What it has besides, or has not. */
  readonly outputs: readonly string[];
  readonly lacks: readonly string[];
}

const ofWeb = ["healthCheckPath", "customDomains", "maintenanceMode", "renderSubdomainPolicy"];
const TYPES: readonly Type[] = [
  {
    token: PRIVATE_SERVICE,
    type: "private_service",
    prefix: "srv-",
    outputs: ["url"],
    lacks: [...ofWeb, "schedule"],
  },
  {
    token: BACKGROUND_WORKER,
    type: "background_worker",
    prefix: "srv-",
    own: { startCommand: "celery worker" },
    outputs: [],
    lacks: [...ofWeb, "schedule"],
  },
  {
    token: CRON_JOB,
    type: "cron_job",
    prefix: "crn-",
    own: { startCommand: "clean", schedule: "0 3 * * *" },
    outputs: [],
    lacks: [...ofWeb, "numInstances", "autoscaling", "disk", "preDeployCommand", "waitForDeploy"],
  },
];

for (const { token, type, prefix, own = {}, outputs: more, lacks } of TYPES) {
  describe(token, () => {
    let world: RenderWorld;
    before(async () => {
      world = await startRenderWorld();
    });
    after(() => world.stop());
    beforeEach(() => world.reset());

    const declared = (inputs: PropertyTree = {}): PropertyTree => world.site({ name: "other", ...own, ...inputs });
    const create = (inputs: PropertyTree = {}): Promise<State> => world.plugin.create(token, declared(inputs));
    const diff = async (state: State, inputs: PropertyTree = {}) =>
      world.plugin.diff(token, state, await world.plugin.checked(token, declared(inputs)));
    const refreshed = async (state: State): Promise<State> => {
      const found = await world.plugin.read(token, state);
      assert.ok(found);
      return found;
    };

    it("is created with its image at work, and finds itself unchanged", async () => {
      const environmentVariables = { A: secret("1-secret"), B: "2" };
      const state = await create({ environmentVariables, secretFiles: { "a.pem": "k3y-material" } });
      assert.ok(state.id.startsWith(prefix));
      const found = await world.api("GET", `/services/${state.id}`);
      assert.deepEqual([found.type, found.imagePath], [type, "ghcr.io/acme/site:1"]);
      const { deployStatus, liveImage, liveDigest } = state.outputs;
      assert.deepEqual(
        [deployStatus, liveImage, liveDigest],
        ["live", "ghcr.io/acme/site:1", scriptedDigest("ghcr.io/acme/site:1")],
      );
      for (const name of more) assert.ok(state.outputs[name], name);
      for (const name of ["url", "customDomainStatus", ...lacks])
        if (!more.includes(name)) assert.ok(!(name in state.outputs), name);
      const found2 = await refreshed(state);
      assert.deepEqual(found2.outputs, state.outputs);
      const again = await diff(found2, { environmentVariables, secretFiles: { "a.pem": "k3y-material" } });
      assert.deepEqual(again.detailed, {});
    });

    it("gets a new tag with one deploy, and waits until it is live", async () => {
      const state = await create();
      await world.requests();
      const image = "ghcr.io/acme/site:2";
      const updated = await world.plugin.update(token, state, declared({ image }));
      assert.deepEqual(await world.writes(), [`PATCH /services/${state.id}`, `POST /services/${state.id}/deploys`]);
      assert.deepEqual([updated.outputs["liveImage"], updated.outputs["deployStatus"]], [image, "live"]);
      assert.deepEqual((await diff(await refreshed(updated), { image })).detailed, {});
    });

    it("leaves the tag to a pipeline where that deploys", async () => {
      const state = await create({ imageManagement: "external" });
      await world.api("POST", `/services/${state.id}/deploys`, { imageUrl: "ghcr.io/acme/site:7" });
      const now = await refreshed(state);
      assert.deepEqual((await diff(now, { imageManagement: "external" })).detailed, {});
    });

    it("is imported by id or name, not by the name of a service of another type", async () => {
      await world.plugin.create(WEB_SERVICE, world.site({ name: "other" }));
      const { id } = await create({ environmentVariables: { A: "1" } });
      for (const by of [id, "other"]) {
        const imported = await world.plugin.read(token, by);
        assert.ok(imported);
        assert.equal(imported.id, id);
        assert.ok((imported.inputs["environmentVariables"] as PropertyTree)["A"] instanceof Secret);
        for (const [name, value] of Object.entries(own)) assert.equal(imported.inputs[name], value);
        assert.deepEqual((await world.plugin.diff(token, imported, imported.inputs)).detailed, {});
      }
      const [{ service: web }] = await world.api("GET", "/services?type=web_service");
      if (prefix === "srv-") await assert.rejects(world.plugin.read(token, web.id), /is a web_service; only a/);
    });

    it("refuses a second of the name and type, and takes one of another type", async () => {
      await world.plugin.create(WEB_SERVICE, world.site({ name: "other" }));
      const { id } = await create();
      await assert.rejects(create(), (error: Error) => {
        assert.match(error.message, /exists already/);
        assert.ok(error.message.includes(`pulumi import ${token} NAME ${id}`));
        return true;
      });
    });

    it("is gone after it was deleted elsewhere, and deleting it again does no harm", async () => {
      const state = await create();
      await world.plugin.delete(token, state);
      assert.equal(await world.plugin.read(token, state), undefined);
      await world.plugin.delete(token, state);
    });

    for (const name of [...lacks, "comand"])
      it(`refuses ${name}, which it does not have`, async () => {
        const { failures } = await world.plugin.check(token, declared({ [name]: "x" }));
        assert.deepEqual(
          failures.map(({ property }) => property),
          [name],
        );
        assert.match(failures[0]?.reason ?? "", /there is no such property/);
      });

    it("refuses the free plan", async () => {
      const { failures } = await world.plugin.check(token, declared({ plan: "free" }));
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["plan"],
      );
    });
  });
}

describe("deploys of workers and private services", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  for (const [token, words] of [
    [BACKGROUND_WORKER, /did not keep running; check .* the start command.*The old image still runs: ghcr/s],
    [PRIVATE_SERVICE, /did not come to listen; check .* the port.*The old image still serves: ghcr/s],
  ] as const) {
    it(`tell what failed of a ${token}, and leave the old image`, async () => {
      const state = await world.plugin.create(token, world.site());
      world.runner.script(/:broken$/, "crashes");
      const broken = world.site({ image: "ghcr.io/acme/site:broken" });
      await assert.rejects(world.plugin.update(token, state, broken), words);
      const [{ deploy }] = await world.api("GET", `/services/${state.id}/deploys?status=live`);
      assert.equal(deploy.image.ref, "ghcr.io/acme/site:1");
    });
  }
});

describe("render:index:CronJob, scheduled", () => {
  let world: RenderWorld;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(() => world.reset());

  const declared = (inputs: PropertyTree = {}) => world.site({ schedule: "0 3 * * *", ...inputs });

  it("changes its schedule without a deploy", async () => {
    const state = await world.plugin.create(CRON_JOB, declared());
    await world.requests();
    await world.plugin.update(CRON_JOB, state, declared({ schedule: "*/5 * * * mon-fri" }));
    assert.deepEqual(await world.writes(), [`PATCH /services/${state.id}`]);
    const { serviceDetails } = await world.api("GET", `/services/${state.id}`);
    assert.equal(serviceDetails.schedule, "*/5 * * * mon-fri");
  });

  it("runs nothing when it is deployed, and tells when a run last ended well", async () => {
    const state = await world.plugin.create(CRON_JOB, declared({ startCommand: "clean" }));
    assert.deepEqual([world.runner.started.length, state.outputs["lastSuccessfulRunAt"]], [0, undefined]);
    await world.api("POST", `/cron-jobs/${state.id}/runs`);
    const ended = async () => (await world.api("GET", `/services/${state.id}`)).serviceDetails.lastSuccessfulRunAt;
    while ((await ended()) === undefined);
    const now = await world.plugin.read(CRON_JOB, state);
    assert.equal(now?.outputs["lastSuccessfulRunAt"], await ended());
    const news = await world.plugin.checked(CRON_JOB, declared({ startCommand: "clean" }));
    assert.equal((await world.plugin.diff(CRON_JOB, now as State, news)).changes, false);
  });

  for (const [schedule, words] of [
    ["daily", /is not a cron expression: write five fields in UTC/],
    ["@daily", /five fields/],
    ["0 0 3 * * *", /five fields/],
    ["61 * * * *", /out of range/],
    ["0 0 L * *", /\("L"\)/],
    ["0 0 ? * *", /\("\?"\)/],
    ["5-1 * * * *", /goes backwards/],
    ["0 0 30 2 *", /never comes/],
  ] as const) {
    it(`refuses the schedule ${schedule}`, async () => {
      const { failures } = await world.plugin.check(CRON_JOB, declared({ schedule }));
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["schedule"],
      );
      assert.match(failures[0]?.reason ?? "", words);
    });
  }

  for (const schedule of ["*/60 * * * MON-FRI", "0,30 0-6/2 1 JAN sun", "0 3 * * 7"])
    it(`takes the schedule ${schedule}`, async () => {
      assert.deepEqual((await world.plugin.check(CRON_JOB, declared({ schedule }))).failures, []);
    });
});
