import assert from "node:assert/strict";
import { serviceContainers, serviceVariables, withCache } from "../../infra/shared/service-containers.ts";
import { loadWith, makeFolder, removeFolder, validConfig } from "./support/configuration.ts";

const BASIC = { plan: "starter" };

describe("configuration of the cache", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({ "manage.py": "print()", Dockerfile: "FROM scratch" });
  });
  after(() => removeFolder(folder));

  const load = (cache: unknown, changes: Record<string, unknown> = {}) =>
    loadWith(folder, { "delivery:cache": cache, ...changes });

  it("has none by default, nor when it is off", async () => {
    for (const cache of [undefined, "off", false]) {
      const configuration = await load(cache);
      assert.equal(configuration.cache, undefined);
      assert.equal(configuration.pipeline?.services.redis, undefined);
    }
  });

  it("fills in the name, the policy of a cache, nobody outside of Render, and a description of each address", async () => {
    const { cache } = await load(BASIC);
    assert.deepEqual(cache, { ...BASIC, name: "site-prod", evictionPolicy: "allkeys_lru", allow: [] });
    const office = { cidr: "2001:db8::/32", description: "The office" };
    const given = { name: "queue", plan: "pro", evictionPolicy: "noeviction", persistence: "snapshot" };
    const open = await load({ ...given, allow: ["203.0.113.7/32", office] });
    assert.deepEqual(open.cache, { ...given, allow: [{ cidr: "203.0.113.7/32", description: "site" }, office] });
  });

  const refused: Record<string, [unknown, Record<string, unknown>, RegExp]> = {
    "no plan": [{}, {}, /cache\.plan is not one of free, starter/],
    "a plan of databases": [{ plan: "basic_1gb" }, {}, /cache\.plan is not one of/],
    "a policy in Valkey's spelling": [
      { ...BASIC, evictionPolicy: "allkeys-lru" },
      {},
      /cache\.evictionPolicy is not one of noeviction, allkeys_lfu/,
    ],
    "an unknown key": [{ ...BASIC, maxmemoryPolicy: "noeviction" }, {}, /cache\.maxmemoryPolicy is not known/],
    "an address without its block": [{ ...BASIC, allow: ["203.0.113.7"] }, {}, /cache\.allow\[0\] is not a block/],
    "persistence of a free one": [
      { plan: "free", persistence: "snapshot" },
      {},
      /cache\.persistence is for paid plans.*\n.*cache\.plan' starter .* or: .* rm .*persistence/,
    ],
    "a second cache in the secret variables": [
      BASIC,
      { "delivery:secretVariables": { REDIS_URL: "redis://elsewhere" } },
      /secretVariables\.REDIS_URL names a cache, and delivery:cache declares another one for the site\n.*cache' off .* or, .* rm --stack prod --path 'delivery:secretVariables\.REDIS_URL'/,
    ],
    "a second cache in the plain variables": [
      BASIC,
      { "delivery:site": { variables: { REDIS_URL: "redis://elsewhere" } } },
      /site\.variables\.REDIS_URL names a cache/,
    ],
    "no site": [BASIC, { "delivery:site": "off" }, /delivery:cache has no site/],
  };
  for (const [what, [cache, changes, message]] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      const given = changes["delivery:site"];
      const site =
        typeof given === "object" ? { ...(validConfig(folder)["delivery:site"] as object), ...given } : given;
      const all = { ...changes, ...(site ? { "delivery:site": site } : {}) };
      await assert.rejects(load(cache, all), ({ message: said }: Error) => {
        assert.match(said, message);
        assert.ok(!said.includes("elsewhere"), "a value is shown");
        return true;
      });
    });

  describe("in the pipeline", () => {
    it("runs Redis beside the checks, and tells them", async () => {
      const { pipeline } = await load(BASIC);
      assert.deepEqual(
        serviceContainers(pipeline?.services).map(({ image }) => image),
        ["cimg/redis:7.2"],
      );
      assert.equal(serviceVariables(pipeline?.services).REDIS_URL, "redis://localhost:6379/0");
    });

    it("leaves the team's own Redis alone, whatever its image is called", () => {
      assert.deepEqual(withCache({ redis: "7.4" }, true), { redis: "7.4" });
      for (const image of ["redis:8", "valkey/valkey:8", "eqalpha/keydb:latest", "redis/redis-stack:7.4.0-v1"]) {
        const own = { docker: [{ image }] };
        assert.deepEqual(withCache(own, true), own);
      }
      assert.deepEqual(withCache({}, false), {});
    });
  });
});
