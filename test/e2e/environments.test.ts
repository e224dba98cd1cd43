/** Production, staging and a review site side by side, each a stack of its own. The steps build on each other. */
import assert from "node:assert/strict";
import { appendFile, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { type Outputs, outputsSchema } from "../../contract/schema.ts";
import { proveEmpty } from "../../sandbox/proofs.ts";
import { type Chain, openChain } from "./support/chain.ts";
import { addStack, type FurtherStack } from "./support/further-stack.ts";
import { isPullable, registryTags } from "./support/image-registry.ts";
import { sandboxConsole } from "./support/sandbox-console.ts";

/** The outputs of a stack whose every part is on. */
type WholeOutputs = { [Key in keyof Outputs]-?: NonNullable<Outputs[Key]> };

/** Production's alone: the others take their database, and do without. */
const CACHE = { plan: "starter", evictionPolicy: "noeviction" };
const DATABASE = { plan: "basic_256mb", version: "17" };
const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview", "--run-program"];

describe("environments in stacks of their own", function () {
  this.timeout(900_000);
  let chain: Chain;
  let production: FurtherStack;
  let staging: FurtherStack;
  let review: FurtherStack;

  before(async () => {
    chain = await openChain();
    const { config } = parse(await readFile(chain.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "", "utf8"));
    production = await addStack(chain, "prod", {
      ...config,
      "delivery:environment": "production",
      "delivery:database": DATABASE,
      "delivery:cache": CACHE,
    });
    const environment = {
      "delivery:declares": "environment",
      "delivery:sharedFrom": "organization/delivery/prod",
      "delivery:application": config["delivery:application"],
      "delivery:image": config["delivery:image"],
      "delivery:site": { region: "oregon", plan: "starter", healthCheckPath: "/healthz/" },
      "delivery:database": DATABASE,
    };
    staging = await addStack(chain, "staging", environment);
    review = await addStack(chain, "review-1", environment);
  });
  after(async () => {
    await chain?.close();
  });

  const outputs = async (stack: FurtherStack): Promise<WholeOutputs> =>
    outputsSchema.parse(await stack.outputs()) as WholeOutputs;
  const counts = () => sandboxConsole(chain.world.description.console).state();

  it("gives production its own place among the shared parts", async () => {
    await production.succeed(...UP);
    const { shared, environment } = await outputs(production);
    assert.equal(environment, "production");
    assert.match(shared.hosting?.projectId ?? "", /^prj-/);
    const golden = JSON.parse(await readFile(resolve(import.meta.dirname, "../unit/golden-urns.json"), "utf8"));
    const { resources } = await production.state();
    const identities = resources.map(({ urn }) =>
      urn
        .split("::")
        .slice(2)
        .join("::")
        .replace(/^pulumi:pulumi:Stack\$/, ""),
    );
    assert.deepEqual(identities.filter((identity) => !identity.startsWith("pulumi:")).sort(), golden.all);
  });

  it("puts staging beside it, with its own image, Render environment, context, key and URL", async () => {
    const before = await counts();
    await appendFile(join(chain.projectDir, "sandbox", "app", "notes", "urls.py"), "# for staging\n");
    await staging.succeed(...UP);
    const [live, next] = [await outputs(production), await outputs(staging)];
    assert.notEqual(next.image.tag, live.image.tag);
    assert.notEqual(next.site.url, live.site.url);
    assert.notEqual(next.errors.dsn, live.errors.dsn);
    assert.deepEqual([next.pipeline.context, next.pipeline.slug], ["site-staging", live.pipeline.slug]);
    assert.deepEqual(next.repository, live.repository);
    for (const { site } of [live, next]) assert.equal((await fetch(site.url)).status, 200);
    const after = await counts();
    for (const [service, kind] of [
      ["github", "repositories"],
      ["circleci", "projects"],
      ["sentry", "projects"],
    ] as const)
      assert.equal(after[service]?.[kind], before[service]?.[kind], `${service} has no further ${kind}`);
  });

  it("puts a review site beside them, on staging's image", async () => {
    const { image } = await outputs(staging);
    await review.succeed("config", "set", "--path", "delivery:image.delivery", "pinned", "--plaintext");
    await review.succeed("config", "set", "--path", "delivery:image.tag", image.tag, "--plaintext");
    await review.succeed(...UP);
    const { site, image: same } = await outputs(review);
    assert.equal(same.digest, image.digest);
    assert.equal((await fetch(site.url)).status, 200);
    assert.equal(
      (await review.state()).resources.some(({ type }) => type === "docker-build:index:Image"),
      false,
    );
  });

  it("leaves production to CircleCI from then on, without a deploy", async () => {
    const before = await outputs(production);
    await production.succeed("config", "set", "--path", "delivery:image.delivery", "continuous", "--plaintext");
    await production.succeed("config", "set", "--path", "delivery:image.tag", before.image.tag, "--plaintext");
    await production.succeed(...UP);
    const { site, image } = await outputs(production);
    assert.deepEqual([site.url, image.tag], [before.site.url, before.image.tag]);
    const { inputs } = (await production.state()).only("render:index:WebService");
    assert.equal(inputs["imageManagement"], "external");
  });

  it("changes nothing when nothing changed, in any of the three modes", async () => {
    await production.succeed(...UP, "--expect-no-changes");
    await staging.succeed(...UP, "--expect-no-changes");
    await review.succeed(...UP, "--expect-no-changes");
  });

  it("leaves shared parts, the other environments and their images alone when staging goes", async () => {
    const [live, reviewed] = [await outputs(production), await outputs(review)];
    const before = await counts();
    await staging.succeed(...DESTROY);
    const { registry } = chain.world.description;
    for (const { site, image } of [live, reviewed]) {
      assert.equal((await fetch(site.url)).status, 200);
      assert.ok(await isPullable(registry, "acme/site", image.digest), image.reference);
    }
    assert.ok((await registryTags(registry, "acme/site")).includes(live.image.tag));
    const after = await counts();
    assert.equal(after["render"]?.["services"], (before["render"]?.["services"] ?? 0) - 1);
    assert.equal(after["github"]?.["repositories"], before["github"]?.["repositories"]);
    await production.succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("leaves nothing when the rest goes", async () => {
    await review.succeed(...DESTROY);
    await review.succeed("stack", "rm", "--yes");
    await production.succeed(...DESTROY);
    await proveEmpty(chain.world.description.console);
  });
});
