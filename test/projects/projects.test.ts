/**
 * Django projects as their makers have them, each brought up with documented keys alone, and tested by the pipeline that
 * the chain writes for it. Real images and containers, real package tools: `npm run projects`.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Chain, openChain } from "../e2e/support/chain.ts";
import { addStack, type FurtherStack } from "../e2e/support/further-stack.ts";
import { checkOut, packageTools } from "./checkout.ts";
import { jobsOf, runJob } from "./circleci.ts";
import { type Layout, layouts } from "./layouts.ts";
import { type Postgres, startPostgres } from "./postgres.ts";

/** What `npm run sandbox` has, too. */
const WORKSPACE = "tea-qq7f2uo48u621ffmqj55";

describe("projects as their makers have them", function () {
  this.timeout(1_800_000);
  let chain: Chain;
  let tools: string;
  let postgres: Postgres | undefined;

  before(async () => {
    tools = await packageTools();
    chain = await openChain();
    await mkdir(join(chain.folder, "projects"));
    postgres = await startPostgres();
  });
  after(async () => {
    await postgres?.close();
    await chain?.close();
  });

  const stackOf = (layout: Layout, folder: string): Promise<FurtherStack> => {
    const { name, settings = {}, healthCheckPath } = layout;
    const { registry, buildSecrets } = chain.world.description;
    const secrets = Object.fromEntries(Object.entries(buildSecrets).map(([id, file]) => [id, { file }]));
    return addStack(chain, name, {
      "github:owner": "acme",
      "github:writeDelayMs": 1,
      "delivery:application": { name, path: join(folder, layout.path ?? "."), ...settings["application"] },
      "delivery:environment": "production",
      "delivery:pipeline": { organization: "gh/acme", ...settings["pipeline"] },
      "delivery:image": {
        repository: `${registry.address}/acme/${name}`,
        username: registry.username,
        password: registry.password,
        secrets,
        ...settings["image"],
      },
      // Sentry's plugin looks every other platform up on the web.
      "delivery:errors": { organization: "acme", platform: "other" },
      "delivery:site": { ownerId: WORKSPACE, region: "oregon", plan: "starter", healthCheckPath, ...settings["site"] },
      ...(settings["secretVariables"] && { "delivery:secretVariables": settings["secretVariables"] }),
    });
  };

  for (const layout of layouts)
    describe(layout.name, () => {
      let checkout: string;
      let stack: FurtherStack;

      before(async () => {
        checkout = await checkOut(layout, join(chain.folder, "projects", layout.name), tools);
        stack = await stackOf(layout, checkout);
      });

      it("is previewed without a word on what it lacks", async () => {
        const preview = await stack.succeed("preview", "--diff");
        assert.doesNotMatch(preview, /warning:/);
      });

      it("is built, deployed, and healthy", async () => {
        await stack.succeed("up", "--yes", "--skip-preview");
        const { site } = (await stack.outputs()) as { site: { url: string } };
        const answer = await fetch(new URL(layout.healthCheckPath, site.url));
        assert.equal(answer.status, 200, await answer.text());
      });

      it("is not built again when nothing changed", async () => {
        await stack.succeed("preview", "--expect-no-changes");
      });

      for (const job of layout.jobs)
        it(`passes the job ${job} of its pipeline`, async () => {
          const text = await pipelineOf(layout.name);
          const isPostgres = /cimg\/postgres/.test(text);
          if (isPostgres && !postgres) console.log("      (no Postgres on this machine: SQLite stands for it)");
          const services = isPostgres ? { DATABASE_URL: postgres?.url ?? "sqlite:///db.sqlite3" } : {};
          await runJob(text, job, { folder: chain.folder, repository: checkout, services });
        });

      it("has no other job", async () => {
        assert.deepEqual(jobsOf(await pipelineOf(layout.name)).sort(), [...layout.jobs].sort());
      });
    });

  /** The file that the chain has committed. */
  const pipelineOf = async (name: string): Promise<string> => {
    const { services, env } = chain.world.description;
    const address = new URL(`/api/v3/repos/acme/${name}/contents/.circleci/config.yml`, services["github"]);
    const answer = await fetch(address, { headers: { authorization: `Bearer ${env["GITHUB_TOKEN"]}` } });
    const { content } = (await answer.json()) as { content: string };
    return Buffer.from(content, "base64").toString();
  };
});
