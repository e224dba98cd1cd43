import assert from "node:assert/strict";
import { type CircleciUnderTest, startCircleci } from "./circleci-client.ts";

describe("emulated CircleCI: access and projects", () => {
  let circleci: CircleciUnderTest;
  beforeEach(async () => {
    circleci = await startCircleci();
  });
  afterEach(() => circleci.close());

  const follow = () => circleci.call("POST", "/v1.1/project/github/acme/site/follow");
  const appOrganization = async () => {
    const { body } = await circleci.call("GET", "/v2/me/collaborations");
    return body.find(({ slug }: { slug: string }) => slug.startsWith("circleci/"));
  };

  it("tells a missing token from a wrong one and takes it as Basic user name too", async () => {
    assert.deepEqual(await circleci.call("GET", "/v2/me", undefined, {}), {
      status: 401,
      body: { message: "You must log in first." },
    });
    const wrong = await circleci.call("GET", "/v2/me", undefined, { "Circle-Token": "other" });
    assert.deepEqual(wrong, { status: 401, body: { message: "Invalid token provided." } });
    const basic = Buffer.from(`${circleci.services.env["CIRCLE_TOKEN"]}:`).toString("base64");
    const me = await circleci.call("GET", "/v2/me", undefined, { Authorization: `Basic ${basic}` });
    assert.equal(me.status, 200);
    assert.deepEqual(Object.keys(me.body).sort(), ["avatar_url", "id", "login", "name"]);
  });

  it("names the account's organizations", async () => {
    const { body } = await circleci.call("GET", "/v2/me/collaborations");
    assert.deepEqual(
      body.map((organization: Record<string, string>) => organization["vcs-type"]),
      ["github", "circleci", "github"],
    );
    assert.equal(body[2].id, null, "the user's own account has no id");
    const found = await circleci.call("GET", `/v2/organization/${body[0].id}`);
    assert.equal(found.body.slug, "gh/acme");
    assert.deepEqual(await circleci.call("GET", "/v2/organization/00000000-0000-4000-8000-000000000000"), {
      status: 404,
      body: { message: "Org not found." },
    });
  });

  it("tells capitals from small letters, where GitHub does not", async () => {
    const linked = await startCircleci({ linked: true });
    try {
      const { services } = linked;
      const made = await fetch(`${services.services.github.baseUrl}/api/v3/orgs/acme/repos`, {
        method: "POST",
        headers: { authorization: `Bearer ${services.env["GITHUB_TOKEN"]}`, "user-agent": "test" },
        body: JSON.stringify({ name: "site" }),
      });
      assert.equal(made.status, 201);
      for (const name of ["acme/Site", "Acme/site"])
        assert.equal((await linked.call("POST", `/v1.1/project/github/${name}/follow`)).status, 404, name);
      assert.equal((await linked.call("POST", "/v1.1/project/github/acme/site/follow")).status, 200);
      assert.equal((await linked.call("GET", "/v2/project/gh/acme/Site")).status, 404);
      assert.equal((await linked.call("GET", "/v2/context?owner-slug=gh/Acme")).status, 404);
    } finally {
      await linked.close();
    }
  });

  it("lists the followed projects of both kinds of organization", async () => {
    const { body: organizations } = await circleci.call("GET", "/v2/me/collaborations");
    await circleci.call("POST", "/v1.1/project/github/acme/site/follow");
    const { body: made } = await circleci.call("POST", `/v2/organization/${organizations[1].id}/project`, {
      name: "shop",
    });
    const { status, body } = await circleci.call("GET", "/v1.1/projects");
    assert.equal(status, 200);
    assert.deepEqual(
      body.map(({ vcs_type, vcs_url, reponame }: Record<string, string>) => [vcs_type, vcs_url, reponame]),
      [
        ["github", "https://github.com/acme/site", "site"],
        ["circleci", `//circleci.com/${made.organization_id}/${made.id}`, "shop"],
      ],
    );
    await circleci.call("POST", "/v1.1/project/github/acme/site/unfollow");
    assert.equal((await circleci.call("GET", "/v1.1/projects")).body.length, 1);
  });

  it("does not know a project before it is followed", async () => {
    const unknown = { status: 404, body: { message: "Project not found" } };
    assert.deepEqual(await circleci.call("GET", "/v2/project/gh/acme/site"), unknown);
    assert.deepEqual(await circleci.call("GET", "/v2/project/gh/acme/site/settings"), unknown);
    const followed = await follow();
    assert.equal(followed.status, 200);
    assert.equal(followed.body.following, true);
    assert.equal((await follow()).status, 200);
    const { status, body } = await circleci.call("GET", "/v2/project/gh/acme/site");
    assert.equal(status, 200);
    assert.equal(body.slug, "gh/acme/site");
    assert.equal(body.organization_slug, "gh/acme");
    assert.deepEqual(body.vcs_info, {
      vcs_url: "https://github.com/acme/site",
      provider: "GitHub",
      default_branch: "main",
    });
  });

  it("takes a slug in either spelling, escaped or not, and the bare id", async () => {
    await follow();
    const { body } = await circleci.call("GET", "/v2/project/gh/acme/site");
    for (const slug of ["github/acme/site", "gh%2Facme%2Fsite", "github%2Facme%2Fsite", body.id]) {
      assert.deepEqual((await circleci.call("GET", `/v2/project/${slug}`)).body, body, slug);
    }
    const settings = await circleci.call("GET", "/v2/project/gh%2Facme%2Fsite/settings");
    assert.equal(settings.status, 200);
  });

  it("hides an unfollowed project and gives it back with its settings", async () => {
    await follow();
    await circleci.call("PATCH", "/v2/project/gh/acme/site/settings", { advanced: { disable_ssh: true } });
    const unfollowed = await circleci.call("POST", "/v1.1/project/github/acme/site/unfollow");
    assert.deepEqual(unfollowed, { status: 200, body: { following: false } });
    assert.equal((await circleci.call("GET", "/v2/project/gh/acme/site")).status, 404);
    await follow();
    const { body } = await circleci.call("GET", "/v2/project/gh/acme/site/settings");
    assert.equal(body.advanced.disable_ssh, true);
  });

  it("starts with the vendor's own defaults, which are not safe", async () => {
    await follow();
    const { body } = await circleci.call("GET", "/v2/project/gh/acme/site/settings");
    assert.deepEqual(body, {
      advanced: {
        autocancel_builds: false,
        build_fork_prs: false,
        build_prs_only: false,
        disable_ssh: false,
        forks_receive_secret_env_vars: true,
        oss: false,
        set_github_status: true,
        setup_workflows: true,
        write_settings_requires_admin: false,
        pr_only_branch_overrides: ["main"],
      },
    });
  });

  it("changes only the settings that are sent", async () => {
    await follow();
    const path = "/v2/project/gh/acme/site/settings";
    const changed = await circleci.call("PATCH", path, {
      advanced: { autocancel_builds: true, forks_receive_secret_env_vars: false, pr_only_branch_overrides: [] },
    });
    assert.equal(changed.status, 200);
    assert.deepEqual(changed.body, (await circleci.call("GET", path)).body);
    assert.equal(changed.body.advanced.autocancel_builds, true);
    assert.equal(changed.body.advanced.forks_receive_secret_env_vars, false);
    assert.equal(changed.body.advanced.set_github_status, true);
    assert.deepEqual(changed.body.advanced.pr_only_branch_overrides, ["main"]);
  });

  it("refuses settings that it does not know, oss among them", async () => {
    await follow();
    const path = "/v2/project/gh/acme/site/settings";
    const patch = async (body: unknown) => {
      const { status, body: answer } = await circleci.call("PATCH", path, body);
      return [status, answer.message];
    };
    assert.deepEqual(await patch({}), [400, "No JSON fields found."]);
    assert.deepEqual(await patch({ cheese: true }), [400, "Unexpected field 'cheese'."]);
    assert.deepEqual(await patch({ advanced: { oss: true } }), [400, "Unexpected field 'advanced.oss'."]);
    assert.deepEqual(await patch({ advanced: { disable_ssh: "yes" } }), [400, "Invalid field 'advanced.disable_ssh'."]);
    assert.deepEqual(await patch("{"), [400, "Invalid JSON body."]);
    const flag = await circleci.call("PUT", "/v1.1/project/gh/acme/site/settings", { feature_flags: { oss: true } });
    assert.deepEqual(flag, { status: 200, body: "" });
    assert.equal((await circleci.call("GET", path)).body.advanced.oss, true);
  });

  it("makes App projects, which have opaque slugs and keep secrets from forks", async () => {
    const organization = await appOrganization();
    const created = await circleci.call("POST", `/v2/organization/${organization.id}/project`, { name: "site" });
    assert.equal(created.status, 200);
    assert.match(created.body.slug, new RegExp(`^${organization.slug}/[0-9A-Za-z]{22}$`));
    assert.equal(created.body.vcs_info.provider, "CircleCI");
    assert.deepEqual((await circleci.call("GET", `/v2/project/${created.body.slug}`)).body, created.body);

    const byName = await circleci.call("GET", `/v2/project/${organization.slug}/site`);
    assert.deepEqual(byName, { status: 400, body: { message: `Invalid project slug ${organization.slug}/site` } });
    const denied = await circleci.call("PATCH", `/v2/project/${created.body.slug}/settings`, {
      advanced: { forks_receive_secret_env_vars: true, disable_ssh: true },
    });
    assert.deepEqual(denied, { status: 403, body: { message: "Permission denied." } });
    const { body } = await circleci.call("GET", `/v2/project/${created.body.slug}/settings`);
    assert.equal(body.advanced.disable_ssh, true);
  });

  it("deletes a project with all that belongs to it", async () => {
    await follow();
    await circleci.call("POST", "/v2/project/gh/acme/site/envvar", { name: "A", value: "secret-value" });
    await circleci.call("POST", "/v2/project/gh/acme/site/checkout-key", { type: "deploy-key" });
    const deleted = await circleci.call("DELETE", "/v2/project/gh/acme/site");
    assert.deepEqual(deleted, { status: 200, body: { message: "Project deleted" } });
    assert.equal((await circleci.call("DELETE", "/v2/project/gh/acme/site")).status, 404);
    const state = await fetch(`${circleci.services.console.baseUrl}/_sandbox/state`);
    const counts = ((await state.json()) as { circleci: Record<string, number> }).circleci;
    assert.deepEqual(
      Object.entries(counts).filter(([, count]) => count !== 0),
      [],
    );
  });
});
