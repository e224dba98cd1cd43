/** A database's life in a stack, with the real engine. The steps build on each other. */
import assert from "node:assert/strict";
import { runDelivery } from "./support/delivery.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const UP = ["up", "--yes", "--skip-preview"];
const TYPE = "render:index:Postgres";
const STORE = "render:index:KeyValue";

describe("the site's database", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  before(async () => {
    chain = await openScriptedChain();
    await set("plan", "basic_256mb");
    await set("version", "17");
    await chain.succeed("config", "set", "--path", "delivery:cache.plan", "starter", "--plaintext");
    await chain.succeed(...UP);
  });
  after(async () => {
    await chain?.close();
  });

  const set = (key: string, value: string): Promise<string> =>
    chain.succeed("config", "set", "--path", `delivery:database.${key}`, value, "--plaintext");
  const database = async () => (await chain.state()).only(TYPE);
  /** What Render tells the site. */
  const address = async (variable = "DATABASE_URL"): Promise<string> => {
    const { id } = (await chain.state()).only("render:index:WebService");
    const variables = await chain.call("render", "GET", `/v1/services/${id}/env-vars?limit=100`);
    return variables
      .map(({ envVar }: { envVar: { key: string; value: string } }) => envVar)
      .find(({ key }: { key: string }) => key === variable)?.value;
  };

  it("is where the site is, which is told its address, and whose outputs are its id and name", async () => {
    const { id } = await database();
    const shown = await chain.call("render", "GET", `/v1/postgres/${id}`);
    const site = (await chain.state()).only("render:index:WebService");
    const service = await chain.call("render", "GET", `/v1/services/${site.id}`);
    assert.deepEqual([shown.region, shown.environmentId], [service.serviceDetails.region, service.environmentId]);
    assert.equal(shown.ipAllowList, null);
    const { internalConnectionString, password } = await chain.call(
      "render",
      "GET",
      `/v1/postgres/${id}/connection-info`,
    );
    assert.equal(await address(), internalConnectionString);
    const outputs = JSON.parse(await chain.succeed("stack", "output", "--json"));
    assert.deepEqual(outputs.database, { id, name: "site-sandbox" });
    assert.ok(!(await chain.succeed("stack", "export")).includes(password), "the state holds the password in plain");
  });

  it("has a cache beside it, of which the site is told likewise", async () => {
    const { id } = (await chain.state()).only(STORE);
    const shown = await chain.call("render", "GET", `/v1/key-value/${id}`);
    const { region, environmentId } = await chain.call("render", "GET", `/v1/postgres/${(await database()).id}`);
    assert.deepEqual([shown.region, shown.environmentId, shown.ipAllowList], [region, environmentId, null]);
    assert.equal(shown.options.maxmemoryPolicy, "allkeys_lru");
    const connection = await chain.call("render", "GET", `/v1/key-value/${id}/connection-info`);
    assert.equal(await address("REDIS_URL"), connection.internalConnectionString);
    const outputs = JSON.parse(await chain.succeed("stack", "output", "--json"));
    assert.deepEqual(outputs.cache, { id, name: "site-sandbox" });
    const exported = await chain.succeed("stack", "export");
    assert.ok(!exported.includes(connection.internalConnectionString), "the state holds the address in plain");
    await chain.succeed("config", "set", "--path", "delivery:cache.evictionPolicy", "noeviction", "--plaintext");
    await chain.succeed(...UP);
    const changed = await chain.call("render", "GET", `/v1/key-value/${id}`);
    assert.equal(changed.options.maxmemoryPolicy, "noeviction");
  });

  it("changes nothing when nothing changed", async () => {
    await chain.succeed(...UP, "--expect-no-changes");
  });

  it("changes in place what Render can, and refuses what would take another database", async () => {
    const { id } = await database();
    await set("allow[0]", "203.0.113.7/32");
    await chain.succeed(...UP);
    assert.equal((await chain.call("render", "GET", `/v1/postgres/${id}`)).ipAllowList[0].cidrBlock, "203.0.113.7/32");
    await set("version", "16");
    const { code, stdout, stderr } = await chain.pulumi(...UP);
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /cannot change it to 16/);
    await set("version", "17");
    await set("diskSizeGB", "10");
    assert.match((await chain.pulumi("preview")).stdout, /diskSizeGB.* is 15, and a disk never shrinks/s);
    await chain.succeed("config", "rm", "--path", "delivery:database.diskSizeGB");
    assert.equal((await database()).id, id);
  });

  it("begins a preview that would delete it with the data that would be lost", async () => {
    await chain.succeed("config", "set", "delivery:database", "off");
    const { stdout } = await runDelivery(chain, ["preview"]);
    assert.match(stdout.split("\n").slice(0, 2).join("\n"), /WOULD LOSE DATA: Render database site-sandbox\./);
    assert.match(stdout, /All its data goes with it/);
    await chain.succeed("config", "rm", "delivery:database");
    await set("plan", "basic_256mb");
    await set("version", "17");
    await set("allow[0]", "203.0.113.7/32");
  });

  it("begins a destroy, and the preview of one, with the data that would be lost", async () => {
    for (const how of [["--run-program"], []]) {
      const destroy = ["pulumi", "destroy", "--preview-only", ...how];
      const { code, stdout, stderr } = await runDelivery(chain, destroy);
      assert.equal(code, 0, stdout + stderr);
      assert.match(stderr, /^WOULD LOSE DATA: Render database site-sandbox\. All its data goes with it/m);
      assert.match(stdout, /Previewing destroy/);
    }
  });

  it("outlives the destroy of a stack that protects what holds data, as production does", async () => {
    const { id } = await database();
    await chain.succeed("config", "set", "delivery:protect", "true");
    await chain.succeed(...UP);
    assert.partialDeepStrictEqual(await database(), { protect: true, retainOnDelete: true });
    const destroy = ["destroy", "--yes", "--skip-preview", "--target", (await database()).urn, "--target-dependents"];
    const refused = await runDelivery(chain, ["pulumi", ...destroy]);
    assert.notEqual(refused.code, 0);
    assert.match(refused.stdout + refused.stderr, /cannot be deleted\s+because it is protected/);
    assert.doesNotMatch(refused.stderr, /LOSE DATA/);
    await chain.succeed("state", "unprotect", "--all", "--yes");
    const kept = await runDelivery(chain, ["pulumi", ...destroy]);
    assert.equal(kept.code, 0, kept.stdout + kept.stderr);
    assert.doesNotMatch(kept.stderr, /LOSE DATA/);
    assert.equal(
      (await chain.state()).resources.some(({ type }) => type === TYPE),
      false,
    );
    assert.equal((await chain.call("render", "GET", `/v1/postgres/${id}`)).status, "available");
    await chain.succeed("config", "rm", "delivery:protect");
  });

  it("is adopted with its site, by a stack that has nothing yet", async () => {
    const [{ postgres }] = await chain.call("render", "GET", "/v1/postgres");
    await chain.succeed("stack", "rm", "--force", "--yes", "--preserve-config");
    await chain.succeed("stack", "init", "sandbox");
    const [{ keyValue }] = await chain.call("render", "GET", "/v1/key-value");
    await chain.succeed("config", "rm", "delivery:database");
    await chain.succeed("config", "rm", "delivery:cache");
    const { code, stdout, stderr } = await runDelivery(chain, ["adopt", "--yes"]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /A preview shows no change/);
    assert.equal((await database()).id, postgres.id);
    assert.equal((await chain.state()).only(STORE).id, keyValue.id);
  });
});
