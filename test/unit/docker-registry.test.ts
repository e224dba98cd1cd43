import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import bcrypt from "bcryptjs";
import { parse } from "yaml";
import { openRegistry, type RegistrySetup } from "../../sandbox/docker/registry/registry.ts";

describe("the application's registry", () => {
  let folder: string;
  let setups: RegistrySetup[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-registry-"));
    setups = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  const start = async (setup: RegistrySetup) => {
    setups.push(setup);
    await setup.writeConfig("/seen", `127.0.0.1:${setup.port}`);
    return { close: async () => {} };
  };

  it("asks for a login, listens on loopback and allows deletes", async () => {
    const { username, password, address } = await openRegistry(folder, start);
    assert.equal(address, `localhost:${setups[0]?.port}`);
    const config = parse(await readFile(join(folder, "config.yml"), "utf8"));
    assert.equal(config.http.addr, `127.0.0.1:${setups[0]?.port}`);
    assert.equal(config.storage.delete.enabled, true);
    assert.equal(config.auth.htpasswd.path, "/seen/htpasswd");
    const [user, hash = ""] = (await readFile(join(folder, "htpasswd"), "utf8")).trim().split(":");
    assert.equal(user, username);
    assert.equal(await bcrypt.compare(password, hash), true);
  });

  it("keeps its port and password for the next time", async () => {
    const first = await openRegistry(folder, start);
    const second = await openRegistry(folder, start);
    assert.deepEqual([second.address, second.password], [first.address, first.password]);
  });

  it("takes another port when the last one is in use, and tells", async () => {
    const told: string[] = [];
    const first = await openRegistry(folder, start);
    const other = createServer().listen(Number(first.address.split(":")[1]), "127.0.0.1");
    try {
      await new Promise((resolve) => other.once("listening", resolve));
      const second = await openRegistry(folder, start, (message) => told.push(message));
      assert.notEqual(second.address, first.address);
      const [before, now] = [first, second].map(({ address }) => address.split(":")[1]);
      assert.deepEqual(told.length, 1);
      assert.match(told[0] ?? "", new RegExp(`^Port ${before}, where the image registry was .* on port ${now} now`));
      assert.equal(second.password, first.password);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it("tries again on another port, and gives the reason up in the end", async () => {
    const once = async (setup: RegistrySetup) => {
      if (setups.length === 0) {
        setups.push(setup);
        throw new Error("address already in use");
      }
      return start(setup);
    };
    await openRegistry(folder, once);
    assert.equal(setups.length, 2);
    const never = () => Promise.reject(new Error("no space left"));
    await assert.rejects(openRegistry(folder, never), /no space left/);
  });
});
