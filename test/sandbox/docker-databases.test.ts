import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { execa } from "execa";
import { Client, type ClientConfig } from "pg";
import type { CacheRequest } from "../../sandbox/services/core/caches.ts";
import type { DatabaseAddress, DatabaseRequest } from "../../sandbox/services/core/databases.ts";
import { COLD_MS, TestWorld } from "./docker-world.ts";
import { processesOwnedBelow } from "./mentioning.ts";

const NOTES: DatabaseRequest = { database: "notes", user: "notes_user", password: `it's "a" password`, version: "17" };
const OTHER: DatabaseRequest = { database: "other", user: "other_user", password: "another", version: "17" };

describe("databases of the container world", function () {
  this.timeout(COLD_MS);
  let test: TestWorld;
  let address: DatabaseAddress;

  before(async () => {
    test = await TestWorld.open();
    address = await test.world.databases.provide(NOTES);
  });
  after(() => test?.close());

  /** Runs one statement as a database's own role, unless told otherwise; gives the rows. */
  const query = async (
    request: DatabaseRequest,
    statement: string,
    changes: ClientConfig = {},
  ): Promise<Record<string, unknown>[]> => {
    const { user, password, database } = request;
    const { host, port } = address;
    const client = new Client({ host, port, user, password, database, ssl: false, ...changes });
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  };

  it("really run, as the version that is told, for the role with its password only", async () => {
    const [version] = await query(NOTES, "SHOW server_version");
    assert.match(String(version?.["server_version"]), new RegExp(`^${address.version}\\.`));
    const [settings] = await query(
      NOTES,
      "SELECT current_user, pg_encoding_to_char(encoding) AS encoding FROM pg_database",
    );
    assert.deepEqual(settings, { current_user: NOTES.user, encoding: "UTF8" });
    await assert.rejects(query(NOTES, "SELECT 1", { password: "wrong" }), /password authentication failed/);
    await assert.rejects(query(NOTES, "SELECT 1", { password: "" }), /password/);
    assert.equal(address.host, "127.0.0.1");
  });

  it("are closed to each other's roles", async () => {
    await test.world.databases.provide(OTHER);
    assert.deepEqual(await query(OTHER, "SELECT 1 AS one"), [{ one: 1 }]);
    for (const database of [NOTES.database, "template1"]) {
      await assert.rejects(query(OTHER, "SELECT 1", { database }), /permission denied for database/);
    }
    const shared = { database: "postgres" };
    await assert.rejects(query(OTHER, "CREATE TABLE left_behind ()", shared), /permission denied for schema public/);
    await assert.rejects(query(OTHER, "COPY (SELECT 1) TO PROGRAM 'id'"), /must be superuser/);
  });

  it("run without rights on the machine", async function () {
    const pids = await processesOwnedBelow(join(test.stateDir, "postgres"));
    // A container's processes are the engine's.
    if (pids.length === 0) return this.skip();
    const statuses = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, "utf8")));
    const servers = statuses.filter((status) => /^Name:\s+postgres$/m.test(status));
    assert.notEqual(servers.length, 0);
    for (const status of servers) {
      assert.match(status, /^Uid:\s+65534\s+65534\s/m);
      assert.match(status, /^CapEff:\s+0+$/m);
    }
  });

  it("keep data, address and password when the sandbox is closed and opened again, and leave nothing running", async () => {
    await query(NOTES, "CREATE TABLE note (title text)");
    await query(NOTES, "INSERT INTO note VALUES ('kept')");
    const connected = new Client({ ...address, ...NOTES, ssl: false });
    connected.on("error", () => {});
    await connected.connect();

    await test.world.close();

    assert.deepEqual(await test.leftovers(), []);
    await assert.rejects(query(NOTES, "SELECT 1"), /ECONNREFUSED/);
    test = await TestWorld.open(undefined, test.folder);
    assert.deepEqual(await test.world.databases.provide(NOTES), address);
    assert.deepEqual(await query(NOTES, "SELECT title FROM note"), [{ title: "kept" }]);
  });

  it("are written into an archive, and from one into another database, whose role owns it then", async () => {
    const archive = await test.world.databases.dump(NOTES, "2026-12-01T09:30Z");
    const file = join(test.folder, "export.dir.tar.gz");
    await writeFile(file, archive);
    const { stdout } = await execa("tar", ["--list", "--gzip", "--file", file]);
    assert.ok(stdout.split("\n").includes("2026-12-01T09:30Z/notes/toc.dat"), stdout);
    await test.world.databases.restore(OTHER, archive);
    assert.deepEqual(await query(OTHER, "SELECT title FROM note"), [{ title: "kept" }]);
    const [table] = await query(OTHER, "SELECT tableowner FROM pg_tables WHERE tablename = 'note'");
    assert.deepEqual(table, { tableowner: OTHER.user });
    await assert.rejects(test.world.databases.restore(OTHER, archive), /already exists/, "it is not empty any more");
    await assert.rejects(test.world.databases.restore(OTHER, new Uint8Array([1])), /tar/);
  });

  it("take a new password in the place of the old", async () => {
    await test.world.databases.provide({ ...OTHER, password: "newer" });
    assert.deepEqual(await query(OTHER, "SELECT 1 AS one", { password: "newer" }), [{ one: 1 }]);
    await assert.rejects(query(OTHER, "SELECT 1"), /password authentication failed/);
  });

  it("are gone when they are removed, with whoever is connected, and beside them the others stay", async () => {
    await query(NOTES, "CREATE DATABASE second");
    const connected = new Client({ ...address, ...NOTES, ssl: false });
    connected.on("error", () => {});
    await connected.connect();

    await test.world.databases.remove(NOTES);
    await test.world.databases.remove(NOTES);

    await assert.rejects(connected.query("SELECT 1"));
    await assert.rejects(query(NOTES, "SELECT 1"), /password authentication failed/);
    assert.deepEqual(
      await query(
        { ...OTHER, password: "newer" },
        "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1",
      ),
      [{ datname: "other" }, { datname: "postgres" }],
    );
    await test.world.databases.provide(NOTES);
    await assert.rejects(query(NOTES, "SELECT title FROM note"), /relation "note" does not exist/);
  });

  describe("and its key value stores", () => {
    const CACHE: CacheRequest = {
      ...{ id: "red-cache", password: "one-password", maxmemoryBytes: 2 ** 25, maxmemoryPolicy: "allkeys-lru" },
      persistence: "journal_snapshot",
    };
    const QUEUE: CacheRequest = { ...CACHE, id: "red-queue", password: "another-password", persistence: "off" };
    const addresses = new Map<string, number>();
    const provide = async (request: CacheRequest): Promise<void> => {
      addresses.set(request.id, (await test.world.caches.provide(request)).port);
    };
    const clientOf = ({ id, password }: CacheRequest, port = addresses.get(id)) => {
      const client = createClient({
        password,
        socket: { host: "127.0.0.1", port: port ?? 0, reconnectStrategy: false },
      });
      client.on("error", () => {});
      return client;
    };
    const ask = async <T>(
      request: CacheRequest,
      work: (client: ReturnType<typeof clientOf>) => Promise<T>,
    ): Promise<T> => {
      const client = clientOf(request);
      try {
        await client.connect();
        return await work(client);
      } finally {
        if (client.isOpen) client.destroy();
      }
    };

    it("really run, each with a server, a password and settings of its own", async () => {
      await Promise.all([provide(CACHE), provide(QUEUE)]);
      await ask(CACHE, (client) => client.set("page", "kept"));
      assert.equal(await ask(QUEUE, (client) => client.get("page")), null);
      assert.deepEqual(await ask(QUEUE, (client) => client.configGet("maxmemory*")).then((told) => ({ ...told })), {
        ...(await ask(CACHE, (client) => client.configGet("maxmemory*"))),
        maxmemory: String(2 ** 25),
        "maxmemory-policy": "allkeys-lru",
      });
      for (const password of ["wrong", QUEUE.password])
        await assert.rejects(
          ask({ ...CACHE, password }, (client) => client.ping()),
          /WRONGPASS|invalid/,
        );
    });

    it("take other settings while they run; what is in one is lost when persistence goes to or from off", async () => {
      await provide({ ...CACHE, maxmemoryPolicy: "noeviction", persistence: "snapshot" });
      assert.equal(await ask(CACHE, (client) => client.get("page")), "kept");
      const { "maxmemory-policy": policy } = await ask(CACHE, (client) => client.configGet("maxmemory-policy"));
      assert.equal(policy, "noeviction");
      await provide({ ...CACHE, persistence: "off" });
      assert.equal(await ask(CACHE, (client) => client.get("page")), null);
      await provide(CACHE);
      await ask(CACHE, (client) => client.set("page", "kept"));
      await ask(QUEUE, (client) => client.set("task", "waits"));
    });

    it("keep address and what they shall keep when the sandbox is closed and opened again, and leave nothing running", async () => {
      const before = new Map(addresses);
      await test.world.close();
      assert.deepEqual(await test.leftovers(), []);
      test = await TestWorld.open(undefined, test.folder);
      address = await test.world.databases.provide(NOTES);
      await Promise.all([provide(CACHE), provide(QUEUE)]);
      assert.deepEqual(addresses, before);
      assert.equal(await ask(CACHE, (client) => client.get("page")), "kept");
      assert.equal(await ask(QUEUE, (client) => client.get("task")), null);
    });

    it("run without rights on the machine", async function () {
      const pids = await processesOwnedBelow(join(test.stateDir, "caches"));
      // A container's processes are the engine's.
      if (pids.length === 0) return this.skip();
      const statuses = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, "utf8")));
      const servers = statuses.filter((status) => /^Name:\s+redis-/m.test(status));
      assert.notEqual(servers.length, 0);
      for (const status of servers) assert.match(status, /^Uid:\s+65534\s+65534\s/m);
    });

    it("are gone when they are removed, and beside one the others stay", async () => {
      await test.world.caches.remove(CACHE.id);
      await test.world.caches.remove(CACHE.id);
      await assert.rejects(
        ask(CACHE, (client) => client.ping()),
        /ECONNREFUSED/,
      );
      assert.equal(await ask(QUEUE, (client) => client.ping()), "PONG");
      await provide(CACHE);
      assert.equal(await ask(CACHE, (client) => client.get("page")), null);
      await test.world.caches.clear();
      await assert.rejects(
        ask(QUEUE, (client) => client.ping()),
        /ECONNREFUSED/,
      );
    });
  });

  it("are all gone when they are cleared, and can be made anew", async () => {
    await query(NOTES, "CREATE TABLE note (title text)");
    await test.world.databases.clear();
    address = await test.world.databases.provide(NOTES);
    await assert.rejects(query(NOTES, "SELECT title FROM note"), /relation "note" does not exist/);
    await assert.rejects(query({ ...OTHER, password: "newer" }, "SELECT 1"), /password authentication failed/);
  });
});
