/** A sandbox that goes on from a state folder of an earlier version. */
import assert from "node:assert/strict";
import { openStorage } from "../../sandbox/services/core/store.ts";
import { updateServices } from "../../sandbox/services/render/earlier-states.ts";
import type { Service } from "../../sandbox/services/render/model.ts";

describe("services of an earlier sandbox", () => {
  const createdAt = "2026-11-01T00:00:00Z";
  const disk = { id: "dsk-1", name: "media", mountPath: "/media", sizeGB: 1 };

  it("are web services, whose disks are as old as they are", () => {
    const storage = openStorage(":memory:");
    try {
      const services = storage.store("render").collection<Service>("service");
      const put = (id: string, service: object): void => void services.put(id, service as Service);
      put("srv-1", { id: "srv-1", createdAt, details: { plan: "starter" } });
      put("srv-2", { id: "srv-2", createdAt, details: { plan: "starter", disk } });
      put("srv-3", { id: "srv-3", createdAt, type: "background_worker", details: { plan: "starter" } });
      updateServices(services);
      assert.deepEqual(services.list(), [
        { id: "srv-1", createdAt, type: "web_service", details: { plan: "starter" } },
        {
          ...{ id: "srv-2", createdAt, type: "web_service" },
          details: { plan: "starter", disk: { ...disk, createdAt, updatedAt: createdAt } },
        },
        { id: "srv-3", createdAt, type: "background_worker", details: { plan: "starter" } },
      ]);
    } finally {
      storage.close();
    }
  });
});
