import assert from "node:assert/strict";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("emulated Sentry: access", () => {
  let services: ServicesUnderTest;
  before(async () => {
    services = await startForTest();
  });
  after(() => services.close());

  it("tells a missing token from a wrong one", async () => {
    const get = (Authorization: string) =>
      services.sentry("GET", "/api/0/organizations/acme/", undefined, { Authorization });
    const missing = await get("");
    assert.deepEqual([missing.status, missing.body.detail], [401, "Authentication credentials were not provided."]);
    const wrong = await get("Bearer nonsense");
    assert.deepEqual([wrong.status, wrong.body], [401, { detail: "Invalid token" }]);
    assert.equal((await get("Bearer sandbox-sentry-token")).body.slug, "acme");
  });

  it("knows one organization and the scopes of its token", async () => {
    assert.equal((await services.sentry("GET", "/api/0/organizations/other/")).status, 404);
    assert.ok((await services.sentry("GET", "/api/0/")).body.auth.scopes.includes("project:admin"));
    assert.deepEqual((await services.sentry("GET", "/api/0/internal/health/")).body.problems, []);
  });

  it("reminds of a forgotten slash", async () => {
    const { status, body } = await services.sentry("GET", "/api/0/organizations/acme");
    assert.deepEqual([status, body.info], [404, "Route not found, did you forget a trailing slash?"]);
  });
});

describe("emulated Sentry: teams and projects", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
    await sentry("POST", "organizations/acme/teams/", { name: "Site", slug: "site" });
  });
  afterEach(() => services.close());

  const sentry = (method: string, path: string, body?: object) => services.sentry(method, `/api/0/${path}`, body);
  const createProject = (body: object) => sentry("POST", "teams/acme/site/projects/", body);

  it("makes teams by name or slug", async () => {
    assert.deepEqual((await sentry("POST", "organizations/acme/teams/", {})).body, {
      non_field_errors: ["Name or slug is required"],
    });
    assert.equal((await sentry("POST", "organizations/acme/teams/", { name: "Ops & Co" })).body.slug, "ops-co");
    const taken = await sentry("POST", "organizations/acme/teams/", { slug: "site" });
    assert.deepEqual([taken.status, taken.body.detail], [409, "A team with this slug already exists."]);
    const invalid = await sentry("POST", "organizations/acme/teams/", { slug: "No Slug" });
    assert.match(invalid.body.slug[0], /^Enter a valid slug/);
  });

  it("changes a team, but not to a slug in use", async () => {
    await sentry("POST", "organizations/acme/teams/", { slug: "other" });
    assert.deepEqual((await sentry("PUT", "teams/acme/site/", { slug: "other" })).body, {
      slug: ['The slug "other" is already in use.'],
    });
    assert.equal((await sentry("PUT", "teams/acme/site/", { name: "Shop" })).body.name, "Shop");
    assert.equal((await sentry("GET", "teams/acme/site/")).body.organization.slug, "acme");
  });

  it("gives a new project a key", async () => {
    const created = await createProject({ name: "Web site", slug: "web" });
    assert.equal(created.status, 201);
    assert.deepEqual([created.body.slug, created.body.teams[0].slug], ["web", "site"]);
    const keys = (await sentry("GET", "projects/acme/web/keys/")).body;
    assert.deepEqual(
      keys.map(({ label }: { label: string }) => label),
      ["Default"],
    );
  });

  it("has no alert rules any more, and says by what they are replaced", async () => {
    await createProject({ name: "web", slug: "web" });
    for (const [method, path] of [
      ["GET", "rules/"],
      ["POST", "rules/"],
      ["GET", "rules/1/"],
      ["PUT", "rules/1/"],
      ["DELETE", "rules/1/"],
    ] as const) {
      const { status, body, headers } = await sentry(
        method,
        `projects/acme/web/${path}`,
        method === "GET" ? undefined : {},
      );
      assert.deepEqual([status, body], [410, { message: "This API no longer exists." }], `${method} ${path}`);
      assert.match(headers.get("x-sentry-deprecation-date") ?? "", /^2026-05-14/);
      assert.match(headers.get("x-sentry-replacement-endpoint") ?? "", /\/organizations\/acme\/workflows\/$/);
    }
    assert.equal((await sentry("GET", "projects/acme/none/rules/")).status, 404);
  });

  it("has the options of a project that are texts, as they are set", async () => {
    await createProject({ name: "web", slug: "web" });
    const options = async () => (await sentry("GET", "projects/acme/web/")).body.options;
    const none = { "filters:blacklisted_ips": "", "filters:releases": "", "filters:error_messages": "" };
    assert.deepEqual(await options(), none);
    await sentry("PUT", "projects/acme/web/", { options: { "filters:releases": "1.*\n2.*" } });
    assert.deepEqual(await options(), { ...none, "filters:releases": "1.*\n2.*" });
  });

  it("refuses projects by field", async () => {
    assert.deepEqual((await createProject({})).body, { name: ["This field is required."] });
    assert.deepEqual((await createProject({ name: "" })).body, { name: ["This field may not be blank."] });
    assert.deepEqual((await createProject({ name: "x".repeat(51) })).body, {
      name: ["Ensure this field has no more than 50 characters."],
    });
    await createProject({ name: "web", slug: "web" });
    const again = await createProject({ name: "web", slug: "web" });
    assert.deepEqual([again.status, again.body.detail], [409, "A project with this slug already exists."]);
    assert.equal((await createProject({ name: "web" })).body.slug, "web-2");
    assert.equal((await sentry("POST", "teams/acme/none/projects/", { name: "x" })).status, 404);
  });

  it("changes a project, and redirects its former slug", async () => {
    const { id } = (await createProject({ name: "web" })).body;
    const changed = await sentry("PUT", "projects/acme/web/", { platform: "python-django", resolveAge: 24 });
    assert.deepEqual([changed.body.platform, changed.body.resolveAge], ["python-django", 24]);
    await createProject({ name: "Other", slug: "other" });
    assert.deepEqual((await sentry("PUT", "projects/acme/web/", { slug: "other" })).body, {
      slug: ["Another project (Other) is already using that slug"],
    });
    await sentry("PUT", "projects/acme/web/", { slug: "shop" });
    const moved = await sentry("GET", "projects/acme/web/keys/");
    assert.deepEqual([moved.status, moved.headers.get("location")], [302, "/api/0/projects/acme/shop/keys/"]);
    assert.equal((await sentry("GET", `projects/acme/${id}/`)).body.slug, "shop");
  });

  it("adds and removes teams of a project", async () => {
    await sentry("POST", "organizations/acme/teams/", { slug: "ops" });
    await createProject({ name: "web" });
    const teams = ({ body }: { body: { teams: { slug: string }[] } }) => body.teams.map(({ slug }) => slug);
    const added = await sentry("POST", "projects/acme/web/teams/ops/");
    assert.deepEqual([added.status, teams(added)], [201, ["site", "ops"]]);
    const removed = await sentry("DELETE", "projects/acme/web/teams/site/");
    assert.deepEqual([removed.status, teams(removed)], [200, ["ops"]]);
    assert.equal((await sentry("POST", "projects/acme/web/teams/none/")).body.detail, "Team does not exist.");
    await sentry("DELETE", "teams/acme/ops/");
    assert.deepEqual((await sentry("GET", "projects/acme/web/")).body.teams, []);
  });

  it("deletes a project with all that belongs to it", async () => {
    await createProject({ name: "web" });
    await sentry("POST", "organizations/acme/releases/", { version: "web@1", projects: ["web"] });
    assert.equal((await sentry("DELETE", "projects/acme/web/")).status, 204);
    assert.equal((await sentry("DELETE", "teams/acme/site/")).status, 204);
    const counts = Object.values((await services.console("GET", "/state")).body.sentry);
    assert.ok(counts.every((count) => count === 0));
  });

  it("pages by cursor, with links on every list", async () => {
    for (const slug of ["a", "b", "c"]) await createProject({ name: slug, slug });
    const seen: string[] = [];
    let path = "/api/0/organizations/acme/projects/?per_page=2";
    for (let pages = 0; path !== ""; pages += 1) {
      assert.ok(pages < 5, "the list has no end");
      const page = await services.sentry("GET", path);
      seen.push(...page.body.map(({ slug }: { slug: string }) => slug));
      const next = /<[^>]*?(\/api[^>]*)>; rel="next"; results="true"/.exec(page.headers.get("link") ?? "");
      path = next?.[1] ?? "";
    }
    assert.deepEqual(seen, ["a", "b", "c"]);
  });

  it("remembers releases and their deploys", async () => {
    await createProject({ name: "web" });
    const create = () => sentry("POST", "organizations/acme/releases/", { version: "web@1", projects: ["web"] });
    assert.equal((await create()).status, 201);
    assert.equal((await create()).status, 208);
    assert.deepEqual(
      (await sentry("POST", "organizations/acme/releases/", { version: "x", projects: ["none"] })).body,
      {
        projects: ["Invalid project ids or slugs"],
      },
    );
    await sentry("POST", "organizations/acme/releases/web@1/deploys/", { environment: "production" });
    const [release] = (await sentry("GET", "organizations/acme/releases/")).body;
    assert.deepEqual(
      [release.version, release.deployCount, release.lastDeploy.environment],
      ["web@1", 1, "production"],
    );
  });
});
