import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { openDatabases } from "../../sandbox/docker/database/databases.ts";
import { postgresContainer } from "../../sandbox/docker/database/postgres-container.ts";
import type { ServerSetup } from "../../sandbox/docker/database/server.ts";
import { unprivilegedView } from "../../sandbox/docker/database/unprivileged.ts";

describe("a database server", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-postgres-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const setup = (): ServerSetup => ({
    folder: join(folder, "17"),
    isNew: true,
    port: 23_456,
    password: "the-password",
    answers: async () => true,
  });

  describe("in a container", () => {
    /** A docker client that writes its calls down; `run` ends with this code. */
    const kindOf = async (network: "host" | "published", code = 0, isThere = true) => {
      const program = join(folder, "docker");
      await writeFile(program, `#!/bin/sh\necho "$*" >> '${folder}/calls'\n[ "$1" != run ] || exit ${code}\n`);
      await chmod(program, 0o755);
      const images = { has: async () => isThere, pull: () => Promise.reject(new Error("no such host")) };
      const docker = { program, env: { PATH: process.env["PATH"] ?? "" } };
      const names = { label: "delivery.sandbox=w", namePrefix: "delivery-w-" };
      return postgresContainer({ docker, images, progress: silentProgress, network, ...names });
    };
    const calls = async (): Promise<string[]> => (await readFile(join(folder, "calls"), "utf8")).trim().split("\n");

    it("is the version that is asked for, on the network of the sandbox's other containers, on loopback only", async () => {
      for (const [network, expected] of [
        ["host", / --network host postgres:17 -c .*-c port=23456 -c listen_addresses=127\.0\.0\.1$/],
        ["published", / --publish 127\.0\.0\.1:23456:5432 postgres:17 -c .*-c listen_addresses=\*$/],
      ] as const) {
        const kind = await kindOf(network);
        assert.equal(await kind.provide("17"), "17");
        await kind.start("17", setup());
        const run = (await calls()).at(-1) ?? "";
        assert.match(run, expected);
        assert.match(run, /--name delivery-w-postgres-17 --label delivery\.sandbox=w /);
        assert.doesNotMatch(run, /the-password/);
      }
    });

    it("is dumped and restored by its own clients, on the port that they see, and leaves nothing in the container", async () => {
      const login = { database: "notes", user: "notes_user", password: "the-password" };
      for (const [network, port] of [
        ["host", 23_456],
        ["published", 5432],
      ] as const) {
        const server = await (await kindOf(network)).start("17", setup());
        const before = (await calls()).length;
        await server.dump(login, join(folder, "dumped"));
        await server.restore(login, join(folder, "dumped"));
        const made = (await calls()).slice(before);
        const inside = /--file=(\S+)/.exec(made[0] ?? "")?.[1] ?? "";
        assert.deepEqual(made.slice(0, 3), [
          `exec --env PGPASSWORD delivery-w-postgres-17 pg_dump --host=127.0.0.1 --port=${port} --username=notes_user --format=directory --file=${inside} --dbname=notes`,
          `cp delivery-w-postgres-17:${inside} ${join(folder, "dumped")}`,
          `exec --user root delivery-w-postgres-17 rm -rf ${inside}`,
        ]);
        assert.match(made[3] ?? "", /^cp \S+dumped delivery-w-postgres-17:\/tmp\//);
        assert.match(made[5] ?? "", /pg_restore .*--no-owner --no-privileges --exit-on-error --dbname=notes \/tmp\//);
        assert.match(made.at(-1) ?? "", /^exec --user root delivery-w-postgres-17 rm -rf \/tmp\//);
        assert.doesNotMatch(made.join("\n"), /the-password/);
      }
    });

    it("cannot be had without its image, and says what to do", async () => {
      const kind = await kindOf("host", 0, false);
      await assert.rejects(kind.provide("17"), /cannot pull postgres:17 from Docker Hub.*"docker load"/);
    });

    it("is removed when it does not start", async () => {
      const kind = await kindOf("host", 1);
      await assert.rejects(kind.start("17", setup()), /docker run failed/);
      assert.equal((await calls()).at(-1), "rm --force --volumes delivery-w-postgres-17");
    });
  });

  it("that does not start is tried on another port, told, and tried anew by who asks next", async () => {
    const ports: number[] = [];
    const notes: string[] = [];
    const kind = {
      provide: async () => "15",
      start: async (_version: string, { port }: ServerSetup) => {
        ports.push(port);
        throw new Error("no memory left");
      },
    };
    const databases = openDatabases(folder, kind, (note) => notes.push(note));
    const request = { database: "notes", user: "notes", password: "p", version: "17" };
    for (let attempt = 1; attempt <= 2; attempt++) {
      await assert.rejects(databases.provide(request), /no memory left/);
      assert.equal(ports.length, 3 * attempt);
    }
    assert.deepEqual(notes, [
      "PostgreSQL 17 is asked for; without Docker Hub the sandbox runs 15, which this machine's release has.",
    ]);
    await databases.close();
    await assert.rejects(databases.provide(request), /The sandbox is stopping/);
  });

  it("sees its folders where every user may enter, and no place that hides one of them", () => {
    const view = unprivilegedView([
      { folder: "/root/.cache/programs", name: "programs" },
      { folder: "/mnt/state/data", name: "data" },
    ]);
    assert.equal(view.seen("/mnt/state/data/cluster"), "/media/data/cluster");
    assert.equal(view.seen("/root/.cache/programs"), "/media/programs");
    assert.equal(view.seen("/root/.cache/programs-of-others"), "/root/.cache/programs-of-others");
    const everywhere = ["/mnt", "/media", "/srv"].map((place) => ({ folder: `${place}/x`, name: "x" }));
    assert.throws(() => unprivilegedView(everywhere), /the folders lie there/);
  });
});
