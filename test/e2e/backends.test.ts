/** docs/backends.md: where the state is kept, and what the lock keeps apart. The steps build on each other. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { killWhen } from "./recover/killed-engine.ts";
import { runDelivery } from "./support/delivery.ts";
import { type Follow, followEntry } from "./support/documented-entry.ts";
import { useOwnStackFile } from "./support/own-stack-file.ts";
import { type HeldRequest, type S3Server, startS3Server } from "./support/s3-server.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const PAGE = "backends.md";
const UP = ["up", "--yes", "--skip-preview"];
const LOCK = /\/\.pulumi\/locks\//;
const LISTED_LOCKS = /[?&]prefix=\.pulumi%2Flocks/;
const STATE = /\/\.pulumi\/stacks\//;

describe("backends", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;
  let s3: S3Server;
  before(async () => {
    chain = await openScriptedChain();
    s3 = await startS3Server(beside("s3"));
    await useOwnStackFile(chain);
  });
  after(async () => {
    await s3?.close();
    await chain?.close();
  });

  const follow = (title: string, { values, block }: Pick<Follow, "values" | "block"> = {}): Promise<string> =>
    followEntry(chain, title, {
      page: PAGE,
      values: { stack: "sandbox", ...values },
      ...(block !== undefined && { block }),
    });
  const beside = (name: string): string => join(chain.projectDir, "..", name);
  const newFolder = async (name: string): Promise<string> => {
    await mkdir(beside(name));
    return pathToFileURL(beside(name)).href;
  };

  it("A folder", async () => {
    await follow("A folder", { values: { folder: await newFolder("first") } });
  });

  it("An S3 bucket", async () => {
    const { AWS_ACCESS_KEY_ID: key = "", AWS_SECRET_ACCESS_KEY: secret = "" } = s3.env;
    const values = { key, secret, bucket: s3.backendUrl };
    await assert.rejects(follow("An S3 bucket", { values: { ...values, secret: "wrong" } }), /SignatureDoesNotMatch/);
    await follow("An S3 bucket", { values });
    Object.assign(chain.home.env, s3.env, { PULUMI_BACKEND_URL: s3.backendUrl });
  });

  it("One `up` waits for the other", async () => {
    const ups = [1, 2].map(() => follow("One `up` waits for the other"));
    /** Both runs are at such a request. One that ends before has failed. */
    const bothAt = async (method: string, path: RegExp): Promise<readonly HeldRequest[]> => {
      const held = [s3.hold(method, path), s3.hold(method, path)];
      await Promise.race([Promise.all(held.map(({ reached }) => reached)), Promise.all(ups)]);
      return held;
    };
    const releaseAll = (held: readonly HeldRequest[]): void => {
      for (const { release } of held) release();
    };
    // Both have seen no lock and write one; then both look again, and each sees the other's.
    const writes = await bothAt("PUT", LOCK);
    const looks = bothAt("GET", LISTED_LOCKS);
    releaseAll(writes);
    releaseAll(await looks);
    const reports = (await Promise.all(ups)).sort();
    assert.ok(s3.count("PUT", LOCK) >= 4, "both have lost once");
    const created = (await chain.console.writes()).filter((write) => write.includes(" POST "));
    assert.equal(new Set(created).size, created.length, "nothing was made twice");
    const { github, circleci, sentry, render } = await chain.console.state();
    assert.deepEqual(
      [
        github?.["repositories"],
        circleci?.["contexts"],
        sentry?.["projects"],
        render?.["services"],
        render?.["deploys"],
      ],
      [1, 1, 1, 1, 1],
    );
    assert.match(reports.join("\n"), /^17 changes made: created the whole chain .*\n(.|\n)*^No changes: /m);
  });

  it("names who holds the lock; what a killed run left is removed as documented", async () => {
    const write = s3.hold("PUT", STATE);
    const before = await chain.console.writes();
    await killWhen(chain.home, UP, async () => {
      await write.reached;
      // There is nothing to do but to write what was read, for which it needs the lock.
      const { code, stdout, stderr } = await runDelivery(chain, ["up", "--yes", "--refresh"]);
      assert.equal(code, 1);
      const holder = `locked by ${userInfo().username}@${hostname()} (process `;
      assert.ok((stdout + stderr).includes(holder), stdout + stderr);
      return true;
    });
    write.release();
    assert.deepEqual(await chain.console.writes(), before, "neither has changed anything");
    await followEntry(chain, "A lock left behind");
  });

  it("Keep a copy, and bring it back", async () => {
    const objects = async () => (await chain.state()).resources.map(({ urn, id }) => `${urn} ${id}`).sort();
    const before = { writes: await chain.console.writes(), objects: await objects() };
    const values = { copy: beside("copy.json") };
    await follow("Keep a copy, and bring it back", { values, block: 0 });
    await chain.succeed("state", "delete", "--yes", (await chain.state()).only("render:index:WebService").urn);
    assert.notDeepEqual(await objects(), before.objects);
    await follow("Keep a copy, and bring it back", { values, block: 1 });
    assert.deepEqual({ writes: await chain.console.writes(), objects: await objects() }, before);
  });

  it("Move to another backend", async () => {
    const before = await chain.console.writes();
    const next = await newFolder("next");
    const values = { copy: beside("copy.json"), "old backend": s3.backendUrl, "new backend": next };
    await follow("Move to another backend", { values });
    assert.notEqual((await chain.pulumi("stack", "export")).code, 0, "the old state is gone");
    chain.home.env["PULUMI_BACKEND_URL"] = next;
    assert.deepEqual(await chain.console.writes(), before);
  });
});
