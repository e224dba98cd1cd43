/** How an image comes to run: built by `up`, pinned to a tag, or delivered by CircleCI. The steps build on each other. */
import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { type Outputs, outputsSchema } from "../../contract/schema.ts";
import { type Chain, openChain } from "./support/chain.ts";
import { registryTags } from "./support/image-registry.ts";

/** The outputs of a stack whose every part is on. */
type WholeOutputs = { [Key in keyof Outputs]-?: NonNullable<Outputs[Key]> };

const UP = ["up", "--yes", "--skip-preview"];

describe("delivery modes, end to end", function () {
  this.timeout(300_000);
  let chain: Chain;

  before(async () => {
    chain = await openChain();
  });
  after(async () => {
    await chain?.close();
  });

  const outputs = async (): Promise<WholeOutputs> => outputsSchema.parse(await chain.outputs()) as WholeOutputs;
  const tags = (): Promise<string[]> => registryTags(chain.world.description.registry, "acme/site");
  const deploys = async (): Promise<number> =>
    (await chain.writes()).filter((line) => /^render POST .*\/(services|deploys)$/.test(line)).length;
  const set = (key: string, value: string): Promise<string> =>
    chain.succeed("config", "set", "--path", `delivery:${key}`, value, "--plaintext");

  let first = "";
  let second = "";

  it("build: two releases, each under a tag of its own", async () => {
    await chain.succeed(...UP);
    first = (await outputs()).image.tag;
    await appendFile(join(chain.projectDir, "sandbox", "app", "notes", "urls.py"), "# changed\n");
    await chain.succeed(...UP);
    second = (await outputs()).image.tag;
    assert.deepEqual(await tags(), [first, second].sort());
  });

  it("build to pinned on the same tag: deletes, pushes and deploys nothing", async () => {
    const before = { writes: await chain.writes(), outputs: await outputs() };
    await set("image.delivery", "pinned");
    await set("image.tag", second);
    await chain.succeed(...UP);
    assert.deepEqual(await chain.writes(), before.writes);
    assert.deepEqual(await outputs(), before.outputs);
    assert.deepEqual(await tags(), [first, second].sort());
  });

  it("pinned: one line rolls back, without a build", async () => {
    const before = await deploys();
    await set("image.tag", first);
    await chain.pulumiWith({ DOCKER_HOST: "unix:///nonexistent.sock", SANDBOX_BUILDER: "" }, ...UP);
    const { image, site } = await outputs();
    assert.equal(image.tag, first);
    assert.equal(await deploys(), before + 1);
    assert.equal((await fetch(site.url)).status, 200);
  });

  it("pinned: a tag that is not in the registry stops the preview, and an update before anything changes", async () => {
    const before = await chain.writes();
    await set("image.tag", "never-built");
    for (const command of [["preview"], UP]) {
      const { code, stdout, stderr } = await chain.pulumi(...command);
      assert.notEqual(code, 0);
      assert.match(stdout + stderr, /delivery:image\.tag names no image: .*acme\/site has no tag never-built/);
      assert.doesNotMatch(stdout + stderr, /\n\s+at .*:\d+:\d+/);
    }
    assert.deepEqual(await chain.writes(), before);
    await set("image.tag", first);
  });
});
