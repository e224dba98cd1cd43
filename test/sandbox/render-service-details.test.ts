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
    const { id } = await render.createService({ serviceDetails: { ...base, autoscaling, disk, ipAllowList } });
    const { serviceDetails } = (await render.call("GET", `/services/${id}`)).body;
    assert.deepEqual(serviceDetails.autoscaling, autoscaling);
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
