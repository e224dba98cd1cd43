import assert from "node:assert/strict";
import type { Around } from "../../cli/adopt/around.ts";
import { siteSettings } from "../../cli/adopt/services/render-settings.ts";
import { observed } from "../providers/render-observed.ts";

describe("adopt: the site's number of instances", () => {
  const around = {
    names: { application: "site", environment: "production" },
    configured: () => undefined,
    isInState: () => false,
  } as unknown as Around;
  const instances = (details: object): unknown => {
    const found = observed();
    const service = { ...found.service, serviceDetails: { ...found.service.serviceDetails, ...details } };
    return siteSettings(around, { ...found, service }).find(({ key }) => key === "site.instances")?.value;
  };

  it("is what Render has, where somebody chose it", () => {
    assert.equal(instances({ numInstances: 3 }), 3);
    assert.equal(instances({ numInstances: 3, autoscaling: { enabled: false } }), 3);
    assert.equal(instances({ numInstances: 1 }), undefined);
  });

  it("is left out while autoscaling chooses it", () => {
    assert.equal(instances({ numInstances: 3, autoscaling: { enabled: true } }), undefined);
  });
});
