import assert from "node:assert/strict";
import { serviceContainers, withDatabase } from "../../infra/shared/service-containers.ts";
import { loadWith, makeFolder, removeFolder, validConfig } from "./support/configuration.ts";

const BASIC = { plan: "basic_1gb", version: "17" };

describe("configuration of the database", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({ "manage.py": "print()", Dockerfile: "FROM scratch" });
  });
  after(() => removeFolder(folder));

  const load = (database: unknown, changes: Record<string, unknown> = {}) =>
    loadWith(folder, { "delivery:database": database, ...changes });
  const site = (changes: Record<string, unknown>) => ({
    "delivery:site": { ...(validConfig(folder)["delivery:site"] as object), ...changes },
  });

  it("has none by default, nor when it is off", async () => {
    for (const database of [undefined, "off", false]) {
      const configuration = await load(database);
      assert.equal(configuration.database, undefined);
      assert.equal(configuration.site?.preDeployCommand, undefined);
      assert.equal(configuration.pipeline?.services.postgres, undefined);
    }
  });

  it("fills in the name, nobody outside of Render, and a description of each address", async () => {
    const { database } = await load(BASIC);
    assert.partialDeepStrictEqual(database, { ...BASIC, name: "site-prod", highAvailability: false, allow: [] });
    const office = { cidr: "2001:db8::/32", description: "The office" };
    const open = await load({ ...BASIC, version: 16, name: "data", diskSizeGB: 15, allow: ["203.0.113.7/32", office] });
    assert.partialDeepStrictEqual(open.database, { name: "data", version: "16", diskSizeGB: 15 });
    assert.deepEqual(open.database?.allow, [{ cidr: "203.0.113.7/32", description: "site" }, office]);
  });

  it("migrates before a deploy, unless the team has a command of its own or the site is free", async () => {
    assert.equal((await load(BASIC)).site?.preDeployCommand, "python manage.py migrate --noinput");
    assert.equal((await load(BASIC, site({ preDeployCommand: "./release" }))).site?.preDeployCommand, "./release");
    assert.equal((await load(BASIC, site({ plan: "free" }))).site?.preDeployCommand, undefined);
  });

  it("offers a standby on Pro plans and larger ones", async () => {
    for (const plan of ["pro_4gb", "accelerated_1024gb"]) {
      const { database } = await load({ plan, version: "13", highAvailability: true, diskSizeGB: 1 });
      assert.equal(database?.highAvailability, true);
    }
  });

  const key = (name: string): string => `delivery:database.${name}`;
  const refused: Record<string, [unknown, Record<string, unknown>, RegExp]> = {
    "no plan": [{ version: "17" }, {}, /database\.plan is not one of free, basic_256mb/],
    "no version": [{ plan: "free" }, {}, /database\.version is missing: a major version of Postgres, 11 to 17\n.* 17 /],
    "a version that Render does not have": [
      { ...BASIC, version: "10" },
      {},
      /database\.version is not a major version/,
    ],
    "a minor version": [{ ...BASIC, version: "17.5" }, {}, /database\.version is not a major version/],
    "a plan of web services": [{ ...BASIC, plan: "starter" }, {}, /database\.plan is not one of/],
    "an unknown key": [{ ...BASIC, disk: 5 }, {}, /database\.disk is not known/],
    "an address without its block": [{ ...BASIC, allow: ["203.0.113.7"] }, {}, /database\.allow\[0\] is not a block/],
    "an impossible address": [{ ...BASIC, allow: ["203.0.113.700/32"] }, {}, /database\.allow\[0\] is not a block/],
    "an impossible block": [{ ...BASIC, allow: ["203.0.113.0/33"] }, {}, /database\.allow\[0\] is not a block/],
    "a disk between the steps": [{ ...BASIC, diskSizeGB: 12 }, {}, /diskSizeGB is not 1 or a multiple of 5\n.* 15 /],
    "no disk at all": [{ ...BASIC, diskSizeGB: 0 }, {}, /diskSizeGB is less than 1/],
    "a disk of a free one": [{ ...BASIC, plan: "free", diskSizeGB: 5 }, {}, /diskSizeGB is fixed in the plan `free`/],
    "a standby of a small one": [
      { ...BASIC, highAvailability: true },
      {},
      /highAvailability is not offered by the plan basic_1gb; .*\n.*plan' pro_4gb .* or: .* rm .*highAvailability/,
    ],
    "a standby of an old one": [
      { plan: "pro_4gb", version: "12", highAvailability: true },
      {},
      /highAvailability takes Postgres 13 or later/,
    ],
    "a free one in production": [
      { ...BASIC, plan: "free" },
      { "delivery:production": "true" },
      /database\.plan is `free`: Render deletes such a database/,
    ],
    "a second database in the secret variables": [
      BASIC,
      { "delivery:secretVariables": { DATABASE_URL: "postgres://elsewhere" } },
      /secretVariables\.DATABASE_URL names a database, and delivery:database declares another one/,
    ],
    "a second database in the plain variables": [
      BASIC,
      { "delivery:site": "PLAIN" },
      /site\.variables\.DATABASE_URL names a database/,
    ],
    "no site": [BASIC, { "delivery:site": "off" }, /delivery:database has no site/],
    "another major version in the tests": [
      BASIC,
      { "delivery:pipeline": { organization: "gh/acme", services: { postgres: "16.4" } } },
      /pipeline\.services\.postgres is another major version than that of the database, 17\n.* rm /,
    ],
  };
  for (const [what, [database, changes, message]] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      const plain = changes["delivery:site"] === "PLAIN" ? site({ variables: { DATABASE_URL: "postgres://x" } }) : {};
      await assert.rejects(load(database, { ...changes, ...plain }), ({ message: said }: Error) => {
        assert.match(said, message);
        assert.ok(!said.includes("elsewhere"), "a value is shown");
        return true;
      });
    });

  it("tells of several problems at once", async () => {
    const given = { plan: "basic_4gb", version: "12", diskSizeGB: 7, highAvailability: true };
    await assert.rejects(load(given), ({ message }: Error) =>
      [key("diskSizeGB"), key("highAvailability")].every((one) => message.includes(one)),
    );
  });

  describe("in the pipeline", () => {
    const images = (services: Parameters<typeof serviceContainers>[0], version = "17"): string[] =>
      serviceContainers(withDatabase(services ?? {}, version)).map(({ image }) => image);

    it("runs Postgres of the same major version beside the checks", async () => {
      const { pipeline } = await load(BASIC);
      assert.deepEqual(images(pipeline?.services), ["postgres:17"]);
      assert.deepEqual(images({}, "16"), ["postgres:16"]);
    });

    it("leaves the team's own Postgres alone, whatever its image is called", () => {
      assert.deepEqual(images({ postgres: "17.5" }), ["cimg/postgres:17.5"]);
      for (const image of ["postgis/postgis:17-3.5", "pgvector/pgvector:pg17", "timescale/timescaledb:latest-pg17"])
        assert.deepEqual(images({ docker: [{ image, environment: undefined }] }), [image]);
      assert.deepEqual(images({ docker: [{ image: "rabbitmq:4" }] }), ["postgres:17", "rabbitmq:4"]);
    });
  });
});
