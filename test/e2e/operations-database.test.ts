/** docs/database.md, with a real PostgreSQL. The steps build on each other. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { execa } from "execa";
import { DatabaseSync } from "../../sandbox/services/core/sqlite.ts";
import { startServices } from "../../sandbox/services/host.ts";
import { COLD_MS, TestWorld } from "../sandbox/docker-world.ts";
import { entryCommands, type Follow, followEntry } from "./support/documented-entry.ts";
import { useOwnStackFile } from "./support/own-stack-file.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const PAGE = "database.md";
const UP = ["up", "--yes", "--skip-preview"];
const POSTGRES = "render:index:Postgres";
const ROWS = "SELECT title FROM note ORDER BY title";

describe("operations: the database", function () {
  this.timeout(COLD_MS);
  let servers: TestWorld;
  let chain: ScriptedChain;
  /** The commands that all others need, as the page has them. */
  let always: string;
  before(async () => {
    servers = await TestWorld.open();
    const { databases } = servers.world;
    chain = await openScriptedChain({ serve: (options) => startServices({ ...options, databases }) });
    await useOwnStackFile(chain);
    const elsewhere = { database: "old", user: "old_user", password: "of-the-old", version: "17" };
    const { host, port } = await databases.provide(elsewhere);
    oldUrl = `postgresql://${elsewhere.user}:${elsewhere.password}@${host}:${port}/${elsewhere.database}`;
    await query(oldUrl, "CREATE TABLE note (title text PRIMARY KEY); INSERT INTO note VALUES ('moved')");
    await chain.succeed("config", "set", "--secret", "--path", "delivery:secretVariables.DATABASE_URL", oldUrl);
    await chain.succeed(...UP);
    always = (await entryCommands("The database", PAGE)).at(-1) ?? "";
  });
  after(async () => {
    await chain?.close();
    await servers?.close();
  });

  /** A database that the chain knows nothing of. */
  let oldUrl: string;
  const database = async () => (await chain.state()).only(POSTGRES);
  const connection = async (id: string | undefined) =>
    chain.call("render", "GET", `/v1/postgres/${id}/connection-info`);
  const query = async (url: string, statement: string): Promise<string[]> =>
    (await execa("psql", [url, "--quiet", "--tuples-only", "--no-align", "--command", statement])).stdout.split("\n");
  const follow = (title: string, { after = "", ...how }: Follow = {}): Promise<string> =>
    followEntry(chain, title, { page: PAGE, after: after === "" ? always : after, ...how });
  /** The same where the page has the database's address already. */
  const external = async (): Promise<string> => (await connection((await database()).id)).externalConnectionString;
  const withAddress = async (): Promise<string> => `external='${await external()}'\n`;
  /** What the site is told. */
  const told = async (): Promise<string> => {
    const { id } = (await chain.state()).only("render:index:WebService");
    const variables = await chain.call("render", "GET", `/v1/services/${id}/env-vars?limit=100`);
    return variables.find(({ envVar }: { envVar: { key: string } }) => envVar.key === "DATABASE_URL").envVar.value;
  };
  const allowed = async (): Promise<unknown> => (await database()).inputs["ipAllowList"];

  it("Move an existing database in", async () => {
    const values = { "your address": "203.0.113.7", "old address": oldUrl };
    await follow("Move an existing database in", { block: 0, values, after: "\n" });
    assert.equal(await told(), (await connection((await database()).id)).internalConnectionString);
    // As a migration leaves it before there are rows.
    await query(await external(), "CREATE TABLE note (title text PRIMARY KEY)");
    await follow("Move an existing database in", { block: 1, values, after: await withAddress() });
    assert.deepEqual(await query(await external(), ROWS), ["moved"]);
    assert.deepEqual(await allowed(), [{ cidrBlock: "203.0.113.7/32", description: "site" }]);
  });

  it("psql", async () => {
    const input = "INSERT INTO note VALUES ('by hand');\nSELECT title FROM note;\n";
    const values = { "your address": "203.0.113.8" };
    assert.match(await follow("psql", { block: 0, values, input }), /by hand/);
    assert.deepEqual(await allowed(), [{ cidrBlock: "203.0.113.8/32", description: "site" }]);
    await follow("psql", { block: 1 });
    assert.deepEqual(await allowed(), []);
  });

  it("Back up", async () => {
    await follow("Back up");
    const { stdout } = await execa("tar", ["--list", "--gzip", "--file", "site-production.dir.tar.gz"], {
      cwd: chain.projectDir,
    });
    assert.match(stdout, /\/toc\.dat$/m);
  });

  it("Restore an export", async () => {
    await query(await external(), "DELETE FROM note; INSERT INTO note VALUES ('too late')");
    await follow("Restore an export", { after: await withAddress() });
    assert.deepEqual(await query(await external(), ROWS), ["by hand", "moved"]);
  });

  it("A larger plan, more disk, a standby", async () => {
    const { id } = await database();
    await follow("A larger plan, more disk, a standby");
    const grown = await chain.call("render", "GET", `/v1/postgres/${id}`);
    assert.deepEqual([grown.plan, grown.diskSizeGB, grown.highAvailabilityEnabled], ["pro_4gb", 50, true]);
    assert.equal((await database()).id, id);
  });

  it("Restore a moment", async () => {
    const { id, outputs } = await database();
    const values = { moment: String(outputs["createdAt"]) };
    const copied = await follow("Restore a moment", { block: 0, values });
    assert.match(copied, /AVAILABLE/);
    const [copy] = await chain.call("render", "GET", "/v1/postgres?name=site-production-restored");
    const after = `${always}copy=${copy.postgres.id}\n`;
    await follow("Restore a moment", { block: 1, after });
    assert.equal((await database()).id, copy.postgres.id);
    assert.equal(await told(), (await connection(copy.postgres.id)).internalConnectionString);
    assert.deepEqual(await query(await external(), ROWS), ["by hand", "moved"]);
    assert.equal((await chain.call("render", "GET", `/v1/postgres/${id}`)).status, "available");
  });

  it("A new major version", async () => {
    const { id = "" } = await database();
    /** What Render's dashboard does. */
    const upgradeTo = (version: string): void => {
      const services = new DatabaseSync(join(chain.projectDir, "..", "services.sqlite"));
      const change = "UPDATE documents SET body = json_set(body, '$.version', ?) WHERE kind = 'postgres' AND id = ?";
      assert.equal(services.prepare(change).run(version, id).changes, 1);
      services.close();
    };
    await chain.succeed("config", "set", "--path", "delivery:database.version", "16", "--plaintext");
    upgradeTo("16");
    await chain.succeed(...UP, "--refresh", "--run-program");
    upgradeTo("17");
    const before = await chain.console.writes();
    await follow("A new major version");
    const shown = await database();
    assert.deepEqual([shown.id, shown.inputs["version"], shown.outputs["version"]], [id, "17", "17"]);
    const written = (await chain.console.writes()).slice(before.length);
    assert.deepEqual(written, ["github PUT /api/v3/repos/acme/site/contents/.circleci/config.yml"]);
  });
});
