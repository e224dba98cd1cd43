import assert from "node:assert/strict";
import { type RenderUnderTest, serviceRequest, startRender } from "./render-client.ts";

describe("emulated Render: the details of a service", () => {
  let render: RenderUnderTest;
  beforeEach(async () => {
    render = await startRender({ healthDeadlineMs: 300 });
  });
  afterEach(() => render.close());

  it("leaves out what is optional until it is set, and shows the ports once something listens", async () => {
    const { id, deployId } = await render.createService();
    const read = async () => (await render.call("GET", `/services/${id}`)).body.serviceDetails;
    const before = await read();
    const optional = ["maxShutdownDelaySeconds", "renderSubdomainPolicy", "ipAllowList", "autoscaling", "disk"];
    for (const name of optional) assert.ok(!Object.hasOwn(before, name), name);
    assert.ok(!Object.hasOwn(before.envSpecificDetails, "preDeployCommand"));

    const change = (serviceDetails: object) => render.call("PATCH", `/services/${id}`, { serviceDetails });
    await change({ preDeployCommand: "" });
    assert.ok(!Object.hasOwn((await read()).envSpecificDetails, "preDeployCommand"), "nothing was taken away");
    await change({ preDeployCommand: "migrate", maxShutdownDelaySeconds: 60 });
    await change({ preDeployCommand: "" });
    await render.ended(id, deployId);
    const after = await read();
    assert.equal(after.envSpecificDetails.preDeployCommand, "");
    assert.equal(after.maxShutdownDelaySeconds, 60);
    assert.deepEqual(after.openPorts, [{ port: 10_000, protocol: "TCP" }]);
  });

  it("keeps autoscaling, a disk and the addresses that may come in", async () => {
    const criteria = { cpu: { enabled: true, percentage: 60 }, memory: { enabled: false, percentage: 60 } };
    const autoscaling = { enabled: true, min: 1, max: 3, criteria };
    const disk = { name: "data", mountPath: "/data", sizeGB: 2 };
    const ipAllowList = [{ cidrBlock: "10.0.0.0/8", description: "office" }];
    const base = serviceRequest(render.ownerId)["serviceDetails"] as object;
    const scaled = await render.createService({ name: "scaled", serviceDetails: { ...base, autoscaling } });
    const shown = (await render.call("GET", `/services/${scaled.id}`)).body.serviceDetails;
    assert.deepEqual(shown.autoscaling, autoscaling);
    const { id } = await render.createService({ serviceDetails: { ...base, disk, ipAllowList } });
    const { serviceDetails } = (await render.call("GET", `/services/${id}`)).body;
    assert.match(serviceDetails.disk.id, /^dsk-/);
    assert.deepEqual(serviceDetails.disk, { id: serviceDetails.disk.id, ...disk });
    assert.deepEqual(serviceDetails.ipAllowList, ipAllowList);
    const upsideDown = { ...autoscaling, min: 4 };
    const refused = await render.call("POST", "/services", {
      ...serviceRequest(render.ownerId),
      serviceDetails: { ...base, autoscaling: upsideDown },
    });
    assert.deepEqual([refused.status, refused.body.message], [400, "invalid max: it is less than min"]);
  });

  it("has one disk at most, which grows, of one instance and a paid plan", async () => {
    const { id } = await render.createService();
    const settings = { name: "data", mountPath: "/data", sizeGB: 2 };
    const add = async (change: object = {}) => render.call("POST", "/disks", { ...settings, serviceId: id, ...change });
    const path = `/services/${id}`;
    await render.call("POST", `${path}/scale`, { numInstances: 2 });
    assert.equal((await add()).status, 400, "two instances");
    await render.call("POST", `${path}/scale`, { numInstances: 1 });
    assert.equal((await add({ serviceId: "srv-none" })).status, 404);

    const { status, body } = await add();
    assert.equal(status, 201);
    assert.deepEqual(body, { ...body, ...settings, serviceId: id });
    assert.match(body.id, /^dsk-/);
    assert.equal((await add()).status, 400, "another disk");
    assert.equal((await render.call("POST", `${path}/scale`, { numInstances: 2 })).status, 400, "scaled");
    const criteria = { cpu: { enabled: true, percentage: 60 }, memory: { enabled: false, percentage: 60 } };
    const autoscaling = { enabled: true, min: 1, max: 3, criteria };
    assert.equal((await render.call("PUT", `${path}/autoscaling`, autoscaling)).status, 400, "autoscaled");

    const resize = async (sizeGB: number) => (await render.call("PATCH", `/disks/${body.id}`, { sizeGB })).status;
    assert.deepEqual([await resize(1), await resize(2), await resize(5)], [400, 200, 200]);
    assert.equal((await render.call("GET", path)).body.serviceDetails.disk.sizeGB, 5);
    const listed = await render.call("GET", `/disks?serviceId=${id}&name=data`);
    assert.deepEqual(
      listed.body.map((item: { disk: { id: string } }) => item.disk.id),
      [body.id],
    );
    assert.equal((await render.call("DELETE", `/disks/${body.id}`)).status, 204);
    assert.equal((await render.call("GET", `/disks/${body.id}`)).status, 404);
    assert.ok(!Object.hasOwn((await render.call("GET", path)).body.serviceDetails, "disk"));

    const base = serviceRequest(render.ownerId)["serviceDetails"] as object;
    const free = { ...serviceRequest(render.ownerId), serviceDetails: { ...base, plan: "free", disk: settings } };
    assert.equal((await render.call("POST", "/services", free)).status, 400, "free");
  });

  it("takes a number of instances while autoscaling is enabled, and ignores it", async () => {
    const { id } = await render.createService();
    const criteria = { cpu: { enabled: true, percentage: 60 }, memory: { enabled: false, percentage: 60 } };
    const path = `/services/${id}/autoscaling`;
    await render.call("PUT", path, { enabled: true, min: 1, max: 3, criteria });
    const scaled = async () => {
      assert.equal((await render.call("POST", `/services/${id}/scale`, { numInstances: 2 })).status, 202);
      return (await render.call("GET", `/services/${id}`)).body.serviceDetails.numInstances;
    };
    assert.equal(await scaled(), 1);
    assert.equal((await render.call("DELETE", path)).status, 204);
    assert.equal(await scaled(), 2);
  });

  it("makes a free service, and refuses to change one to free", async () => {
    const base = serviceRequest(render.ownerId)["serviceDetails"] as object;
    const { id } = await render.createService({ serviceDetails: { ...base, plan: "free" } });
    assert.equal((await render.call("GET", `/services/${id}`)).body.serviceDetails.plan, "free");
    const paid = await render.call("PATCH", `/services/${id}`, { serviceDetails: { plan: "starter" } });
    assert.equal(paid.body.serviceDetails.plan, "starter");
    const back = await render.call("PATCH", `/services/${id}`, { serviceDetails: { plan: "free" } });
    assert.deepEqual([back.status, back.body.message], [400, "invalid serviceDetails.plan: free"]);
  });
});
