/** What adopt does with a repository or Sentry project that is asked for by a name that it had. */
import assert from "node:assert/strict";
import type { Around } from "../../cli/adopt/around.ts";
import { findRepository } from "../../cli/adopt/services/github.ts";
import { findErrors } from "../../cli/adopt/services/sentry.ts";
import { RecoverySearch } from "./support/recovery-search.ts";

describe("adopt: what is called otherwise now", () => {
  let services: RecoverySearch;
  before(async () => {
    services = await RecoverySearch.start();
    await services.make("github", "POST", "/api/v3/orgs/acme/repos", { name: "site", auto_init: true });
    await services.make("github", "PATCH", "/api/v3/repos/acme/site", { name: "website" });
    await services.make("sentry", "POST", "/api/0/organizations/acme/teams/", { slug: "web", name: "web" });
    await services.make("sentry", "POST", "/api/0/teams/acme/web/projects/", { slug: "site", name: "site" });
    await services.make("sentry", "PUT", "/api/0/projects/acme/site/", { slug: "shop" });
  });
  after(() => services?.close());

  const around = (given: Around["given"], configured: Readonly<Record<string, unknown>> = {}): Around => ({
    env: services.env,
    signal: new AbortController().signal,
    given,
    names: { application: "site", environment: "production", owner: "acme", repository: "site", folder: "." },
    configured: (key) => configured[key],
    isOffByAdoption: () => false,
    isInState: () => false,
  });
  const settingAt = (settings: readonly { readonly key: string; readonly value: unknown }[], key: string): unknown =>
    settings.find((setting) => setting.key === key)?.value;

  it("takes the repository in by its present name, and says which line follows it", async () => {
    for (const given of [{}, { repository: "acme/site" }]) {
      const found = await findRepository(around(given));
      assert.equal(found.place, "GitHub acme/website");
      assert.equal(settingAt(found.settings, "repository.name"), "website");
      assert.equal(found.ids["repository"], "website");
      assert.deepEqual(found.notes, [
        "acme/site is called acme/website now; in the stack's file delivery:repository.name: website follows it.",
      ]);
    }
  });

  it("takes the Sentry project in by its present slug, and says which line follows it", async () => {
    for (const asked of [
      around({ sentry: "acme/site" }),
      around({}, { "errors.organization": "acme", "errors.project": "site" }),
    ]) {
      const found = await findErrors(asked, undefined);
      assert.equal(found.place, "Sentry acme/shop");
      assert.equal(settingAt(found.settings, "errors.project"), "shop");
      assert.equal(found.ids["errors-project"], "acme/shop");
      assert.deepEqual(found.notes, [
        "acme/site is called acme/shop at Sentry now; in the stack's file delivery:errors.project: shop follows it.",
      ]);
    }
  });

  it("says nothing of a project that the site reports to, whatever the file names", async () => {
    const keys = await services.make("sentry", "GET", "/api/0/projects/acme/shop/keys/");
    const found = await findErrors(around({}, { "errors.project": "another" }), keys[0].dsn.public);
    assert.deepEqual([found.place, found.notes], ["Sentry acme/shop", []]);
  });
});
