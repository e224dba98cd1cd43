import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "mocha";
import { PluginError, type State } from "./harness.ts";
import { CUSTOM_DOMAIN, type RenderWorld, startRenderWorld } from "./render-world.ts";

describe("render:index:CustomDomain", () => {
  let world: RenderWorld;
  let serviceId: string;
  before(async () => {
    world = await startRenderWorld();
  });
  after(() => world.stop());
  beforeEach(async () => {
    await world.reset();
    serviceId = await service("site");
    await world.requests();
  });

  async function service(name: string): Promise<string> {
    const image = { imagePath: "ghcr.io/acme/site:1", ownerId: world.ownerId };
    const serviceDetails = { runtime: "image", plan: "starter", region: "frankfurt" };
    const body = { type: "web_service", name, ownerId: world.ownerId, image, serviceDetails };
    return (await world.api("POST", "/services", body)).service.id;
  }

  const declared = (name = "shop.example.com") => ({ serviceId, name });
  const domains = async (id = serviceId): Promise<string[]> =>
    (await world.api("GET", `/services/${id}/custom-domains`)).map(
      (item: { customDomain: { name: string } }) => item.customDomain.name,
    );

  it("is added once, looked at, and says which record it takes", async () => {
    const state = await world.plugin.create(CUSTOM_DOMAIN, declared());
    assert.equal(state.id, `${serviceId}/shop.example.com`);
    const at = `/services/${serviceId}/custom-domains`;
    assert.deepEqual(await world.writes(), [`POST ${at}`, `POST ${at}/shop.example.com/verify`]);
    const { slug } = await world.api("GET", `/services/${serviceId}`);
    const { domainId, createdAt, ...outputs } = state.outputs;
    assert.match(String(domainId), /^cdm-/);
    assert.ok(!Number.isNaN(Date.parse(String(createdAt))));
    assert.deepEqual(outputs, {
      ...declared(),
      ownerId: world.ownerId,
      domainType: "subdomain",
      publicSuffix: "com",
      redirectNames: [],
      verificationStatus: "verified",
      dnsRecords: [{ type: "CNAME", name: "shop.example.com", value: `${slug}.onrender.com` }],
    });
  });

  for (const [name, redirect] of [
    ["example.com", "www.example.com"],
    ["www.example.com", "example.com"],
  ] as const) {
    it(`of ${name} names ${redirect}, which Render adds, with the records of both`, async () => {
      const { outputs } = await world.plugin.create(CUSTOM_DOMAIN, declared(name));
      const { slug } = await world.api("GET", `/services/${serviceId}`);
      assert.deepEqual(outputs["redirectNames"], [redirect]);
      const records = {
        "example.com": { type: "A", name: "example.com", value: "216.24.57.1" },
        "www.example.com": { type: "CNAME", name: "www.example.com", value: `${slug}.onrender.com` },
      };
      assert.deepEqual(outputs["dnsRecords"], [records[name], records[redirect]]);
    });
  }

  it("of a wildcard takes the two records that prove it", async () => {
    const { outputs } = await world.plugin.create(CUSTOM_DOMAIN, declared("*.shop.example.com"));
    const { slug } = await world.api("GET", `/services/${serviceId}`);
    assert.deepEqual(outputs["dnsRecords"], [
      { type: "CNAME", name: "*.shop.example.com", value: `${slug}.onrender.com` },
      { type: "CNAME", name: "_acme-challenge.shop.example.com", value: `${slug}.verify.renderdns.com` },
      { type: "CNAME", name: "_cf-custom-hostname.shop.example.com", value: `${slug}.hostname.renderdns.com` },
    ]);
  });

  it("is refused when another service has it, and says which", async () => {
    const other = await service("other");
    await world.api("POST", `/services/${other}/custom-domains`, { name: "shop.example.com" });
    await assert.rejects(world.plugin.create(CUSTOM_DOMAIN, declared()), (error: Error) => {
      assert.match(
        error.message,
        new RegExp(`"shop.example.com" cannot be added: service "other" \\(${other}\\) has it`),
      );
      assert.match(error.message, /Remove it there first/);
      return true;
    });
    assert.deepEqual(await domains(), []);
  });

  it("is refused when another service's domain brings it along", async () => {
    const other = await service("other");
    await world.api("POST", `/services/${other}/custom-domains`, { name: "example.com" });
    await assert.rejects(world.plugin.create(CUSTOM_DOMAIN, declared("www.example.com")), /service "other"/);
  });

  it("is refused when the service has it already: as its own with the command that adopts it, as a redirect with why", async () => {
    await world.api("POST", `/services/${serviceId}/custom-domains`, { name: "example.com" });
    await assert.rejects(
      world.plugin.create(CUSTOM_DOMAIN, declared("example.com")),
      new RegExp(`pulumi import ${CUSTOM_DOMAIN} NAME ${serviceId}/example.com`),
    );
    await assert.rejects(
      world.plugin.create(CUSTOM_DOMAIN, declared("www.example.com")),
      /Render has made "www.example.com" beside "example.com"/,
    );
  });

  it("is refused for a service that does not exist", async () => {
    await assert.rejects(
      world.plugin.create(CUSTOM_DOMAIN, { serviceId: "srv-gone", name: "shop.example.com" }),
      /service srv-gone, whose domain "shop.example.com" is to be, does not exist/,
    );
  });

  for (const property of ["serviceId", "name"]) {
    it(`is replaced when its ${property} changes, the old one first`, async () => {
      const state = await world.plugin.create(CUSTOM_DOMAIN, declared());
      const diff = await world.plugin.diff(CUSTOM_DOMAIN, state, { ...declared(), [property]: "other.example.com" });
      assert.deepEqual(diff.detailed, { [property]: "update-replace" });
    });
  }

  for (const name of [
    "https://example.com",
    "Shop.example.com",
    "example",
    "example.com/",
    "203.0.113.7",
    "a..b.com",
  ]) {
    it(`does not take the name ${name}`, async () => {
      const failures = (await world.plugin.check(CUSTOM_DOMAIN, declared(name))).failures;
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["name"],
      );
    });
  }

  for (const by of ["id", "service's name"] as const) {
    it(`is imported by the ${by}, and declaring it then changes nothing`, async () => {
      const { id } = await world.plugin.create(CUSTOM_DOMAIN, declared());
      const imported = await world.plugin.read(CUSTOM_DOMAIN, by === "id" ? id : "site/shop.example.com");
      assert.ok(imported);
      assert.equal(imported.id, id);
      const diff = await world.plugin.diff(CUSTOM_DOMAIN, imported, declared());
      assert.equal(diff.changes, false);
    });
  }

  it("is imported without a request that writes, also while it is not verified", async () => {
    await world.api("POST", `/services/${serviceId}/custom-domains`, { name: "shop.example.com" });
    await world.requests();
    const imported = await world.plugin.read(CUSTOM_DOMAIN, `${serviceId}/shop.example.com`);
    assert.equal(imported?.outputs["verificationStatus"], "unverified");
    assert.deepEqual(await world.writes(), []);
  });

  it("is not imported where it only redirects", async () => {
    await world.plugin.create(CUSTOM_DOMAIN, declared("example.com"));
    await assert.rejects(
      world.plugin.read(CUSTOM_DOMAIN, `${serviceId}/www.example.com`),
      /Render has made "www.example.com" beside "example.com"/,
    );
  });

  it("is asked for again by a refresh until its DNS is right, and no more after that", async () => {
    const path = `/v1/services/*/custom-domains/*/verify`;
    await world.fault({ method: "POST", path, action: { status: 400, body: { message: "not now" } } });
    const state = await world.plugin.create(CUSTOM_DOMAIN, declared());
    assert.equal(state.outputs["verificationStatus"], "unverified");
    await world.endFaults();
    await world.requests();
    const refreshed = await world.plugin.read(CUSTOM_DOMAIN, state);
    assert.equal(refreshed?.outputs["verificationStatus"], "verified");
    assert.equal((await world.writes()).length, 1);
    await world.plugin.read(CUSTOM_DOMAIN, state);
    assert.deepEqual(await world.writes(), []);
  });

  for (const [what, remove] of [
    ["the domain", () => world.api("DELETE", `/services/${serviceId}/custom-domains/shop.example.com`)],
    ["its service", () => world.api("DELETE", `/services/${serviceId}`)],
  ] as const) {
    it(`is gone after ${what} was deleted elsewhere, and deleted without an error`, async () => {
      const state = await world.plugin.create(CUSTOM_DOMAIN, declared());
      await remove();
      assert.equal(await world.plugin.read(CUSTOM_DOMAIN, state), undefined);
      await world.plugin.delete(CUSTOM_DOMAIN, state);
    });
  }

  it("goes with its redirect, and leaves the service's other domains", async () => {
    const state = await world.plugin.create(CUSTOM_DOMAIN, declared("example.com"));
    await world.api("POST", `/services/${serviceId}/custom-domains`, { name: "hand.example.org" });
    await world.plugin.delete(CUSTOM_DOMAIN, state);
    assert.deepEqual(await domains(), ["hand.example.org"]);
  });

  it("is made once when the answer to its creation is lost", async () => {
    const path = "/v1/services/*/custom-domains";
    await world.fault({ method: "POST", path, when: "after", action: { cut: true } });
    const state = await world.plugin.create(CUSTOM_DOMAIN, declared());
    assert.equal(state.outputs["verificationStatus"], "verified");
    assert.deepEqual(await domains(), ["shop.example.com"]);
  });

  describe("whose creation failed after it was added", () => {
    const added = async (): Promise<State> => {
      const path = "/v1/services/*/custom-domains";
      await world.fault({ method: "GET", path, skip: 1, times: "always", action: { status: 500 } });
      const error = await world.plugin.create(CUSTOM_DOMAIN, declared()).then(
        () => assert.fail("the create succeeded"),
        (reason: unknown) => reason,
      );
      await world.endFaults();
      assert.ok(error instanceof PluginError && error.partial);
      await world.requests();
      return error.partial;
    };

    it("is finished by the next run, which asks the plugin for an update without a change", async () => {
      const partial = await added();
      const preview = await world.plugin.previewUpdate(CUSTOM_DOMAIN, partial, declared());
      assert.equal(preview["name"], "shop.example.com");
      const finished = await world.plugin.update(CUSTOM_DOMAIN, partial, declared());
      assert.deepEqual(finished, await world.plugin.read(CUSTOM_DOMAIN, partial));
      assert.equal(finished.outputs["verificationStatus"], "verified");
      assert.deepEqual(await domains(), ["shop.example.com"]);
    });

    it("is told to be gone when it was deleted meanwhile, with what takes it out of the state", async () => {
      const partial = await added();
      await world.api("DELETE", `/services/${serviceId}/custom-domains/shop.example.com`);
      await assert.rejects(
        world.plugin.update(CUSTOM_DOMAIN, partial, declared()),
        /CustomDomain .*shop\.example\.com does not exist any more\. .*refresh/,
      );
    });
  });

  it("previews what is known without a request", async () => {
    const preview = await world.plugin.previewCreate(CUSTOM_DOMAIN, declared());
    assert.equal(preview["name"], "shop.example.com");
    assert.equal(typeof preview["dnsRecords"], "symbol");
    assert.deepEqual(await world.requests(), []);
  });
});
