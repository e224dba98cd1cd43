/** How an image comes to run: built by `up`, pinned to a tag, or delivered by CircleCI. The steps build on each other. */
import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { type Outputs, outputsSchema } from "../../contract/schema.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { type Chain, openChain } from "./support/chain.ts";
import { deliverySucceeds, runDelivery } from "./support/delivery.ts";
import { registryTags } from "./support/image-registry.ts";

/** The outputs of a stack whose every part is on. */
type WholeOutputs = { [Key in keyof Outputs]-?: NonNullable<Outputs[Key]> };

const UP = ["up", "--yes", "--skip-preview"];

describe("delivery modes, end to end", function () {
  this.timeout(900_000);
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

  /** Runs `delivery` in the copy; fails the test with its messages when it fails. */
  const delivery = (...args: string[]): Promise<string> => deliverySucceeds(chain, args);
  /** What the delivery job does at Render, for an image that is in the registry already. */
  const deployAsCircleci = async (tag: string): Promise<void> => {
    const { env, services } = chain.world.description;
    const { site, image } = await outputs();
    await execa("bash", ["-eo", "pipefail", join(projectRoot, "pipeline", "steps", "deploy.sh")], {
      env: {
        CIRCLE_SHA1: tag,
        IMAGE_REPOSITORY: image.repository,
        RENDER_API_KEY: env["RENDER_API_KEY"] ?? "",
        RENDER_BASE_URL: services.render,
        RENDER_SERVICE_ID: site.id,
        POLL_SECONDS: "0.2",
      },
    });
  };

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

  it("build: a state of the version before is taken up with one build and no replacement", async () => {
    const exported = await chain.succeed("stack", "export");
    const former = exported
      .replaceAll(/\.delivery\/contexts\/[0-9a-f]{32}\//g, ".delivery/sandbox/")
      .replaceAll(second, "content-0123456789abcdef");
    assert.notEqual(former, exported);
    const file = join(chain.folder, "former.json");
    await writeFile(file, former);
    await chain.succeed("stack", "import", "--file", file);
    const { steps } = JSON.parse(await chain.succeed("preview", "--json")) as { steps: { op: string; urn: string }[] };
    const changed = steps.filter(({ op }) => op !== "same");
    assert.deepEqual([...new Set(changed.map(({ op }) => op))], ["update"]);
    assert.equal(changed.filter(({ urn }) => urn.includes("docker-build:index:Image")).length, 1);
    await chain.succeed(...UP);
    assert.equal((await outputs()).image.tag, second);
    assert.deepEqual(await tags(), [first, second].sort());
    await chain.succeed(...UP, "--expect-no-changes");
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

  it("continuous: makes what CircleCI needs, and deploys nothing by itself", async () => {
    const before = await outputs();
    await set("image.delivery", "continuous");
    await chain.succeed(...UP);
    const { image, site } = await outputs();
    assert.equal(image.tag, first);
    assert.equal(image.digest, before.image.digest);
    assert.equal(site.id, before.site.id);
    const held = (await chain.traffic()).filter(
      ({ method, path }) => method === "PUT" && /environment-variable/.test(path),
    );
    const names = held.map(({ path }) => path.split("/").at(-1));
    for (const name of ["RENDER_API_KEY", "RENDER_SERVICE_ID", "REGISTRY_PASSWORD", "SENTRY_AUTH_TOKEN"])
      assert.ok(names.includes(name), name);
    await chain.succeed("preview", "--expect-no-changes");
  });

  it("continuous: the next up leaves CircleCI's deploy alone and reports it", async () => {
    await deployAsCircleci(second);
    const before = await deploys();
    assert.match(await chain.succeed("preview", "--diff"), new RegExp(`"${first}" => "${second}"`));
    await chain.succeed(...UP);
    assert.equal(await deploys(), before);
    const { image, site } = await outputs();
    assert.equal(image.tag, second);
    assert.match(image.digest, /^sha256:/);
    assert.equal((await fetch(site.url)).status, 200);
  });

  it("releases: tells which deploy was whose", async () => {
    const releases = JSON.parse(await delivery("releases", "--json")) as {
      tag: string;
      status: string;
      update?: number;
    }[];
    const served = releases.filter(({ status }) => ["live", "deactivated"].includes(status));
    assert.deepEqual(
      served.slice(0, 2).map(({ tag, status }) => [tag, status]),
      [
        [second, "live"],
        [first, "deactivated"],
      ],
    );
    assert.equal(served[0]?.update, undefined);
    assert.ok(served.slice(1).every(({ update }) => update !== undefined));
    assert.match(await delivery("releases"), new RegExp(`${second} +live +dep-\\w+ +Render: `));
  });

  it("rollback: in mode continuous it holds CircleCI's deploys, which a change of one line lets go on", async () => {
    const done = JSON.parse(await delivery("rollback", "--yes", "--json", "--no-policy"));
    assert.deepEqual([done.from, done.to], [second, first]);
    assert.deepEqual([(await outputs()).image.tag, (await outputs()).site.deployId], [first, done.deploy]);
    assert.match(await chain.succeed("stack", "export"), /context-DELIVERY_HOLD/);

    const before = await deploys();
    await chain.succeed("config", "rm", "--path", "delivery:image.hold");
    await chain.succeed(...UP);
    assert.equal(await deploys(), before);
    assert.doesNotMatch(await chain.succeed("stack", "export"), /context-DELIVERY_HOLD/);
  });

  it("rollback: a tag that is not there changes nothing, in the stack's file either", async () => {
    const before = { writes: await chain.writes(), configuration: await chain.succeed("config") };
    await assert.rejects(
      delivery("rollback", "never-built", "--yes"),
      /has no tag never-built(.|\n)*Nothing was changed/,
    );
    assert.deepEqual({ writes: await chain.writes(), configuration: await chain.succeed("config") }, before);
  });

  it("rollback: from mode build it pins the tag that ran before", async () => {
    await set("image.delivery", "build");
    await chain.succeed(...UP);
    assert.equal((await outputs()).image.tag, second);
    const description = (await chain.succeed("config", "get", "--path", "delivery:repository.description")).trim();
    await set("repository.description", "Not yet deployed");
    const { code, stdout: told, stderr } = await runDelivery(chain, ["rollback", "--yes"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Migrations of the database are not rolled back\./);
    assert.match(told, new RegExp(`^${first} serves by deploy dep-`));
    await assert.rejects(chain.succeed("preview", "--expect-no-changes"), /no changes were expected/);
    await set("repository.description", description);
    assert.equal((await chain.succeed("config", "get", "--path", "delivery:image.delivery")).trim(), "pinned");
    assert.equal((await outputs()).image.tag, first);
    await chain.succeed("preview", "--expect-no-changes");
  });

  it("rollback: puts the declared tag back where something else has deployed another", async () => {
    await deployAsCircleci(second);
    const { to, deploy } = JSON.parse(await delivery("rollback", first, "--yes", "--json", "--no-policy"));
    assert.equal(to, first);
    const [newest] = JSON.parse(await delivery("releases", "--json"));
    assert.deepEqual([newest.deploy, newest.tag, newest.status], [deploy, first, "live"]);
  });

  it("destroys from every mode, and leaves the images", async () => {
    await chain.succeed("destroy", "--yes", "--skip-preview", "--run-program");
    assert.deepEqual(await tags(), [first, second].sort());
  });
});
