import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { Alarm } from "../../sandbox/services/core/alarm.ts";
import type { ContainerRequest, RunningContainer } from "../../sandbox/services/core/service.ts";
import { openStorage } from "../../sandbox/services/core/store.ts";
import { type ScriptedRunner, scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";
import { type RenderUnderTest, serviceRequest, startRender } from "./render-client.ts";

/** Time that a test sets: what is due is called when it says so. */
function handSetAlarm(): Alarm & { readonly due: Date[]; ring(): void } {
  const calls: { readonly time: Date; readonly wake: () => void }[] = [];
  return {
    get due() {
      return calls.map(({ time }) => time);
    },
    at(time, wake) {
      const call = { time, wake };
      calls.push(call);
      return () => calls.splice(calls.indexOf(call), 1);
    },
    ring() {
      for (const { wake } of calls.splice(0)) wake();
    },
  };
}

/** A runner whose jobs end when a test says so, with its code. */
function heldRunner(): ScriptedRunner & { end(code: number): void; readonly held: number } {
  const runner = scriptedRunner();
  const open: { code: number | undefined }[] = [];
  const job = async (request: ContainerRequest): Promise<RunningContainer> => {
    const state: { code: number | undefined } = { code: undefined };
    open.push(state);
    const container = await runner.start(request);
    return {
      ...container,
      running: async () => state.code === undefined,
      exitCode: async () => state.code,
      logs: async () => [`cleaned by ${request.command}`],
      async stop() {
        state.code ??= 137;
      },
    };
  };
  return {
    ...runner,
    start: (request) => (request.isJob ? job(request) : runner.start(request)),
    get held() {
      return open.filter(({ code }) => code === undefined).length;
    },
    end(code) {
      for (const state of open) state.code ??= code;
    },
  };
}

describe("emulated Render: services that are not reached by visitors", () => {
  let render: RenderUnderTest;
  let alarm: ReturnType<typeof handSetAlarm>;
  let runner: ReturnType<typeof heldRunner>;
  beforeEach(async () => {
    [alarm, runner] = [handSetAlarm(), heldRunner()];
    render = await startRender({ alarm, runner, steadyMs: 0, healthDeadlineMs: 300 });
  });
  afterEach(() => render.close());

  const create = async (type: string, details: object = {}, change: object = {}) => {
    const request = serviceRequest(render.ownerId);
    const serviceDetails = { ...(request["serviceDetails"] as object), ...details };
    const { status, body } = await render.call("POST", "/services", { ...request, type, serviceDetails, ...change });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  };
  const cron = (details: object = {}) =>
    create("cron_job", { schedule: "0 3 * * *", envSpecificDetails: { dockerCommand: "clean" }, ...details });
  const read = async (id: string) => (await render.call("GET", `/services/${id}`)).body;
  const runsOf = async (id: string) =>
    (await render.call("GET", `/services/${id}/events?type=cron_job_run_ended`)).body.map(
      ({ event }: { event: { details: object } }) => event.details,
    );
  const runEnded = (id: string, count: number) =>
    render.until(async () => (await runsOf(id)).length === count, `${count} runs have ended`);

  it("shows a cron job as recorded ones were, live at once, with nothing started", async () => {
    const { service, deployId } = await cron();
    assert.match(service.id, /^crn-/);
    assert.match(service.dashboardUrl, /\/cron\/crn-/);
    assert.equal(service.serviceDetails.schedule, "0 3 * * *");
    assert.equal((await render.call("GET", `/services/${service.id}/deploys/${deployId}`)).body.status, "live");
    const again = await render.call("POST", `/services/${service.id}/deploys`, {});
    assert.deepEqual([again.status, again.body.status], [201, "live"]);
    assert.deepEqual(render.runner.started, []);
    const listed = await render.call("GET", "/services?type=cron_job");
    assert.equal(listed.body.length, 1);
  });

  it("runs a cron job when its time has come, and plans the next time", async () => {
    const { service } = await cron();
    const [first] = alarm.due;
    assert.deepEqual([first?.getUTCHours(), first?.getUTCMinutes()], [3, 0]);
    alarm.ring();
    await render.until(() => runner.held === 1, "it runs");
    const [{ command, env, isJob }] = render.runner.started as [ContainerRequest];
    assert.deepEqual([command, env["RENDER_SERVICE_TYPE"], isJob], ["clean", "cron", true]);
    assert.equal(env["RENDER_EXTERNAL_URL"], undefined);
    assert.equal(alarm.due.length, 1);
    runner.end(0);
    await runEnded(service.id, 1);
    assert.deepEqual(await runsOf(service.id), [{ cronJobRunId: `${service.id}-1`, status: "successful" }]);
    assert.ok((await read(service.id)).serviceDetails.lastSuccessfulRunAt);
    const path = `/logs?ownerId=${render.ownerId}&resource=${service.id}`;
    const { logs } = (await render.call("GET", path)).body;
    assert.deepEqual(
      logs.map(({ message }: { message: string }) => message),
      ["cleaned by clean"],
    );
  });

  it("tells the code of a run that failed, which is no successful one", async () => {
    const { service } = await cron();
    const started = await render.call("POST", `/cron-jobs/${service.id}/runs`);
    assert.deepEqual([started.status, started.body.status], [200, "pending"]);
    await render.until(() => runner.held === 1, "it runs");
    runner.end(3);
    await runEnded(service.id, 1);
    const [{ status, reason }] = await runsOf(service.id);
    assert.deepEqual([status, reason], ["unsuccessful", { evicted: false, nonZeroExit: 3 }]);
    assert.equal((await read(service.id)).serviceDetails.lastSuccessfulRunAt, undefined);
  });

  it("runs one at a time: one by hand cancels the other, a scheduled one waits", async () => {
    const { service } = await cron();
    const run = () => render.call("POST", `/cron-jobs/${service.id}/runs`);
    await run();
    await render.until(() => runner.held === 1, "it runs");
    assert.equal((await run()).body.id, `${service.id}-2`);
    assert.deepEqual(await runsOf(service.id), [{ cronJobRunId: `${service.id}-1`, status: "canceled" }]);
    await render.until(() => runner.held === 1, "the second runs");
    alarm.ring();
    assert.equal(runner.held, 1);
    runner.end(0);
    await render.until(() => runner.held === 1 && render.runner.started.length === 3, "the scheduled one runs");
    assert.equal((await render.call("DELETE", `/cron-jobs/${service.id}/runs`)).status, 204);
    await runEnded(service.id, 3);
    assert.equal((await render.call("DELETE", `/cron-jobs/${service.id}/runs`)).status, 204, "nothing runs");
  });

  it("gets a new tag with a deploy, for its next run", async () => {
    const { service } = await cron();
    await render.call("POST", `/services/${service.id}/deploys`, { imageUrl: "localhost:5000/acme/site:2" });
    await render.call("POST", `/cron-jobs/${service.id}/runs`);
    await render.until(() => runner.held === 1, "it runs");
    assert.match(render.runner.started[0]?.image ?? "", /acme\/site:2$/);
  });

  it("does not run while it is suspended, nor after it was deleted; a changed schedule counts at once", async () => {
    const { service } = await cron();
    const path = `/services/${service.id}`;
    await render.call("PATCH", path, { serviceDetails: { schedule: "30 4 * * *" } });
    assert.deepEqual(
      alarm.due.map((time) => `${time.getUTCHours()}:${time.getUTCMinutes()}`),
      ["4:30"],
    );
    await render.call("POST", `${path}/suspend`);
    assert.deepEqual(alarm.due, []);
    assert.equal((await render.call("POST", `/cron-jobs/${service.id}/runs`)).status, 400);
    await render.call("POST", `${path}/resume`);
    assert.equal(alarm.due.length, 1);
    await render.call("POST", `/cron-jobs/${service.id}/runs`);
    await render.call("DELETE", path);
    assert.deepEqual([alarm.due.length, runner.held], [0, 0]);
  });

  for (const [what, details, message] of [
    ["no schedule", { schedule: undefined }, "missing serviceDetails.schedule"],
    ["no cron expression", { schedule: "daily" }, "invalid serviceDetails.schedule: daily"],
    ["a disk", { disk: { name: "d", mountPath: "/d" } }, "disks are not supported for cron jobs"],
    ["the free plan", { plan: "free" }, "invalid serviceDetails.plan: free"],
  ] as const) {
    it(`refuses a cron job with ${what}`, async () => {
      const request = serviceRequest(render.ownerId);
      const base = { ...(request["serviceDetails"] as object), ...{ schedule: "0 3 * * *" } };
      const serviceDetails = { ...base, ...details };
      const { status, body } = await render.call("POST", "/services", { ...request, type: "cron_job", serviceDetails });
      assert.deepEqual([status, body.message], [400, message]);
    });
  }

  it("keeps schedules through a restart, and ends what ran", async () => {
    const storage = openStorage(":memory:");
    const first = await startRender({ storage, alarm: handSetAlarm(), runner: heldRunner() });
    const request = serviceRequest(first.ownerId);
    const serviceDetails = { ...(request["serviceDetails"] as object), schedule: "0 3 * * *" };
    const { body } = await first.call("POST", "/services", { ...request, type: "cron_job", serviceDetails });
    await first.call("POST", `/cron-jobs/${body.service.id}/runs`);
    await first.close();
    const again = handSetAlarm();
    const second = await startRender({ storage, alarm: again });
    await second.call("GET", "/owners");
    assert.equal(again.due.length, 1);
    const events = await second.call("GET", `/services/${body.service.id}/events?type=cron_job_run_ended`);
    assert.equal(events.body[0].event.details.status, "canceled");
    await second.close();
    storage.close();
  });

  it("runs a worker that keeps running, without an address; one that ends has failed", async () => {
    const { service, deployId } = await create("background_worker", {
      envSpecificDetails: { dockerCommand: "celery worker" },
    });
    assert.equal(await render.ended(service.id, deployId), "live");
    const { serviceDetails, dashboardUrl } = await read(service.id);
    for (const name of ["url", "openPorts", "healthCheckPath"]) assert.ok(!(name in serviceDetails), name);
    assert.match(dashboardUrl, /\/worker\/srv-/);
    assert.equal(render.runner.running(), 1);
    render.runner.script(/:broken$/, "crashes");
    const path = `/services/${service.id}/deploys`;
    const broken = await render.call("POST", path, { imageUrl: "localhost:5000/acme/site:broken" });
    assert.equal(await render.ended(service.id, broken.body.id), "update_failed");
    assert.equal(render.runner.running(), 1, "the old one");
  });

  it("runs a private service at an address of its own, with whatever it speaks", async () => {
    const { service, deployId } = await create("private_service");
    assert.equal(await render.ended(service.id, deployId), "live");
    const { url } = (await read(service.id)).serviceDetails;
    assert.equal(((await (await fetch(url)).json()) as { headers: { host: string } }).headers.host, new URL(url).host);
    await render.call("POST", `/services/${service.id}/suspend`);
    await assert.rejects(fetch(url));
    const taken = createServer();
    await new Promise<void>((resolve, reject) => {
      const { port } = new URL(url);
      taken.once("error", () => resolve());
      taken.listen(Number(port), "127.0.0.1", () => reject(new Error("the address is not kept")));
    });
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port) });
    await new Promise((resolve) => socket.once("close", resolve));
  });
});
