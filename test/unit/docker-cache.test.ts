import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { cacheContainer } from "../../sandbox/docker/cache/cache-container.ts";
import { openCaches } from "../../sandbox/docker/cache/caches.ts";
import type { CacheServerSetup } from "../../sandbox/docker/cache/server.ts";
import type { CacheRequest } from "../../sandbox/services/core/caches.ts";

const REQUEST: CacheRequest = {
  ...{ id: "red-1", password: "the-password", maxmemoryBytes: 1_024, maxmemoryPolicy: "allkeys-lru" },
  persistence: "journal_snapshot",
};

describe("the server of a key value store", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-cache-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  describe("in a container", () => {
    /** A docker client that writes its calls down; `run` ends with this code. */
    const kindOf = async (network: "host" | "published", code = 0, isThere = true) => {
      const program = join(folder, "docker");
      await writeFile(program, `#!/bin/sh\necho "$*" >> '${folder}/calls'\n[ "$1" != run ] || exit ${code}\n`);
      await chmod(program, 0o755);
      const images = { has: async () => isThere, pull: () => Promise.reject(new Error("no such host")) };
      const docker = { program, env: { PATH: process.env["PATH"] ?? "" } };
      const names = { label: "delivery.sandbox=w", namePrefix: "delivery-w-" };
      return cacheContainer({ docker, images, progress: silentProgress, network, ...names });
    };
    const calls = async (): Promise<string[]> => (await readFile(join(folder, "calls"), "utf8")).trim().split("\n");
    const setup = (): CacheServerSetup => ({ folder, request: REQUEST, port: 23_456, answers: async () => true });

    it("is Valkey as Render runs it, on the network of the other containers, on loopback only, its password in a file", async () => {
      for (const [network, expected, place] of [
        ["host", / --network host valkey\/valkey:8 valkey-server \/valkey\.conf$/, /^bind 127\.0\.0\.1\nport 23456\n/],
        ["published", / --publish 127\.0\.0\.1:23456:6379 valkey\/valkey:8 /, /^bind \*\nport 6379\n/],
      ] as const) {
        const kind = await kindOf(network);
        await kind.prepare();
        await kind.start(setup());
        const run = (await calls()).at(-1) ?? "";
        assert.match(run, expected);
        assert.match(run, /--name delivery-w-cache-red-1 --label delivery\.sandbox=w /);
        assert.doesNotMatch(run, /the-password/);
        const file = await readFile(join(folder, "server.conf"), "utf8");
        assert.match(file, place);
        assert.match(file, /^requirepass the-password$/m);
        assert.match(file, /^appendonly yes$/m);
      }
    });

    it("cannot be had without its image, and says what to do", async () => {
      const kind = await kindOf("host", 0, false);
      await assert.rejects(kind.prepare(), /cannot pull valkey\/valkey:8 from Docker Hub.*"docker load"/);
    });

    it("is removed when it does not start", async () => {
      const kind = await kindOf("host", 1);
      await assert.rejects(kind.start(setup()), /docker run failed/);
      assert.equal((await calls()).at(-1), "rm --force --volumes delivery-w-cache-red-1");
    });
  });

  it("that does not start is tried on another port, and anew by who asks next; it reads nothing that it shall not keep", async () => {
    const data: boolean[] = [];
    const kind = {
      prepare: async () => {},
      start: async ({ folder: own }: CacheServerSetup) => {
        data.push(
          await stat(join(own, "data", "dump.rdb")).then(
            () => true,
            () => false,
          ),
        );
        await writeFile(join(own, "data", "dump.rdb"), "");
        throw new Error("no memory left");
      },
    };
    const caches = openCaches(folder, kind, () => {});
    await assert.rejects(caches.provide(REQUEST), /no memory left/);
    await assert.rejects(caches.provide({ ...REQUEST, persistence: "off" }), /no memory left/);
    assert.deepEqual(data, [false, true, true, false, true, true]);
    await caches.close();
    await assert.rejects(caches.provide(REQUEST), /The sandbox is stopping/);
  });
});
