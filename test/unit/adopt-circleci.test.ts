import assert from "node:assert/strict";
import type { Around } from "../../cli/adopt/around.ts";
import { findPipeline } from "../../cli/adopt/services/circleci.ts";
import { findRepository } from "../../cli/adopt/services/github.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

describe("adopt: CircleCI's part", () => {
  let services: RecoverySearch;
  before(async () => {
    services = await RecoverySearch.start();
    await services.make("github", "POST", "/api/v3/orgs/acme/repos", { name: "site", auto_init: true });
    await services.make("circleci", "POST", "/api/v1.1/project/github/acme/site/follow");
    const owner = { slug: "gh/acme", type: "organization" };
    await services.make("circleci", "POST", "/api/v2/context", { name: "site-production", owner });
  });
  after(() => services.close());

  interface Asked {
    readonly given?: Around["given"];
    readonly owner?: string;
    readonly repository?: string;
    readonly configured?: Readonly<Record<string, unknown>>;
    readonly without?: string;
  }
  const discovered = async ({ given = {}, owner, repository = "site", configured = {}, without }: Asked) => {
    const around: Around = {
      env: { ...services.env, ...(without && { [without]: "" }) },
      signal: new AbortController().signal,
      given,
      names: { application: "site", environment: "production", owner, repository, folder: "." },
      configured: (key) => configured[key],
      isOffByAdoption: () => false,
      isInState: () => false,
    };
    const found = await findRepository(around);
    const pipeline = await findPipeline(around, found);
    return { found, pipeline, ids: pipeline.ids["pipeline"] };
  };
  const settingAt = (settings: readonly { readonly key: string; readonly value: unknown }[], key: string): unknown =>
    settings.find((setting) => setting.key === key)?.value;

  const cases: readonly (Asked & { readonly what: string })[] = [
    { what: "as the services spell it", owner: "acme" },
    { what: "an owner in other capitals", owner: "Acme" },
    { what: "a repository in other capitals", owner: "ACME", repository: "Site" },
    { what: "a project in other capitals", owner: "acme", given: { project: "gh/Acme/SITE" } },
    { what: "the long slug of a project", owner: "acme", given: { project: "github/acme/site" } },
    { what: "the long slug in the file", owner: "acme", configured: { "pipeline.organization": "github/Acme" } },
    { what: "other capitals, with nobody to ask at GitHub", owner: "Acme", without: "GITHUB_TOKEN" },
  ];
  for (const { what, ...asked } of cases)
    it(`finds the project and the context by ${what}`, async () => {
      const { found, pipeline, ids } = await discovered(asked);
      assert.equal(ids, "gh/acme/site");
      assert.equal(settingAt(pipeline.settings, "pipeline.organization"), "gh/acme");
      assert.equal(settingAt(pipeline.settings, "pipeline.context"), "site-production");
      if (!asked.without) assert.equal(settingAt(found.settings, "github:owner"), "acme");
    });

  it("says that capitals count where the project is not found", async () => {
    const { pipeline } = await discovered({ owner: "acme", repository: "Shop", without: "GITHUB_TOKEN" });
    assert.equal(pipeline.place, undefined);
    assert.match(pipeline.settings[0]?.note ?? "", /does not follow gh\/acme\/Shop; capitals count there/);
  });
});
