import assert from "node:assert/strict";
import { request } from "node:http";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("emulated GitHub: access and accounts", () => {
  let services: ServicesUnderTest;
  before(async () => {
    services = await startForTest();
  });
  after(() => services.close());

  it("tells a missing token from a wrong one, and takes every form of a right one", async () => {
    const get = (Authorization: string) => services.github("GET", "/user", undefined, { Authorization });
    const missing = await get("");
    assert.deepEqual([missing.status, missing.body.message], [401, "Requires authentication"]);
    const wrong = await get("Bearer nonsense");
    assert.deepEqual([wrong.status, wrong.body.message], [401, "Bad credentials"]);
    assert.equal((await get("token sandbox-github-token")).status, 200);
    const basic = Buffer.from("x:sandbox-github-token").toString("base64");
    assert.equal((await get(`Basic ${basic}`)).status, 200);
  });

  it("refuses a request that does not name its sender, whatever its token", async () => {
    const { baseUrl } = services.running.services.github;
    const authorization = `Bearer ${services.running.env["GITHUB_TOKEN"]}`;
    const ask = (headers: Record<string, string>) =>
      new Promise<{ status: number | undefined; type: string | undefined; text: string }>((resolve, reject) => {
        // Node's HTTP client names no sender by itself; its fetch does.
        const call = request(`${baseUrl}/api/v3/user`, { headers: { authorization, ...headers } }, (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
          });
          answer.on("end", () => resolve({ status: answer.statusCode, type: answer.headers["content-type"], text }));
        });
        call.on("error", reject).end();
      });
    const refused = await ask({});
    assert.equal(refused.status, 403);
    assert.match(refused.type ?? "", /^text\/html/);
    assert.match(refused.text, /^Request forbidden by administrative rules\. .* User-Agent header/);
    assert.equal((await ask({ "user-agent": "delivery/1" })).status, 200);
  });

  it("knows the token's user, the organization, and which of the two a name is", async () => {
    const user = await services.github("GET", "/user");
    assert.deepEqual([user.body.login, user.body.type, typeof user.body.id], ["acme-ops", "User", "number"]);
    assert.equal((await services.github("GET", "/orgs/acme")).body.login, "acme");
    assert.equal((await services.github("GET", "/orgs/acme-ops")).status, 404);
    assert.equal((await services.github("GET", "/users/acme")).body.type, "Organization");
    assert.equal((await services.github("GET", "/users/nobody")).status, 404);
  });

  it("tells how many calls are left", async () => {
    const remaining = async (): Promise<number> =>
      Number((await services.github("GET", "/user")).headers.get("x-ratelimit-remaining"));
    const first = await remaining();
    assert.equal(await remaining(), first - 1);
  });

  it("answers 304 while nothing changed", async () => {
    await services.github("POST", "/orgs/acme/repos", { name: "tagged" });
    const etag = (await services.github("GET", "/repos/acme/tagged")).headers.get("etag") ?? "";
    assert.match(etag, /^W\/"/);
    const again = () => services.github("GET", "/repos/acme/tagged", undefined, { "If-None-Match": etag });
    assert.equal((await again()).status, 304);
    await services.github("PUT", "/repos/acme/tagged/topics", { names: ["django"] });
    assert.equal((await again()).status, 200);
  });

  it("says in an answer that GraphQL is not emulated", async () => {
    const url = `${services.running.services.github.baseUrl}/api/graphql`;
    const headers = { Authorization: "Bearer sandbox-github-token" };
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify({ query: "{ viewer { login } }" }),
    });
    const body = (await answer.json()) as { errors: { message: string }[] };
    assert.match(body.errors[0]?.message ?? "", /does not emulate GraphQL/);
    assert.equal((await services.traffic("github")).at(-1)?.notEmulated, true);
  });
});

describe("emulated GitHub: repositories", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
  });
  afterEach(() => services.close());

  const create = (body: object) => services.github("POST", "/orgs/acme/repos", body);
  const patch = (name: string, body: object) => services.github("PATCH", `/repos/acme/${name}`, body);

  it("creates one with GitHub's defaults", async () => {
    const { status, headers, body } = await create({ name: "site", visibility: "private" });
    assert.equal(status, 201);
    assert.equal(headers.get("location"), body.url);
    assert.deepEqual(
      [body.full_name, body.private, body.visibility, body.default_branch, body.owner.type],
      ["acme/site", true, "private", "main", "Organization"],
    );
    assert.deepEqual(
      [body.allow_squash_merge, body.squash_merge_commit_title, body.squash_merge_commit_message],
      [true, "COMMIT_OR_PR_TITLE", "COMMIT_MESSAGES"],
    );
    assert.deepEqual(
      [body.merge_commit_title, body.merge_commit_message, body.delete_branch_on_merge, body.has_wiki],
      ["MERGE_MESSAGE", "PR_TITLE", false, true],
    );
    assert.equal(body.security_and_analysis.secret_scanning.status, "disabled");
  });

  it("makes a first commit only when asked", async () => {
    await create({ name: "empty" });
    assert.deepEqual((await services.github("GET", "/repos/acme/empty/branches")).body, []);
    assert.equal((await services.github("GET", "/repos/acme/empty/branches/main")).body.message, "Branch not found");
    await create({ name: "site", description: "A site", auto_init: true });
    const branches = await services.github("GET", "/repos/acme/site/branches");
    assert.deepEqual(
      branches.body.map(({ name }: { name: string }) => name),
      ["main"],
    );
    const readme = await services.github("GET", "/repos/acme/site/contents/README.md");
    assert.equal(Buffer.from(readme.body.content, "base64").toString(), "# site\n\nA site\n");
  });

  it("creates under the token's user too", async () => {
    const { status, body } = await services.github("POST", "/user/repos", { name: "own" });
    assert.deepEqual([status, body.full_name, body.owner.type], [201, "acme-ops/own", "User"]);
  });

  it("refuses a name in use, in any case, and a request without one", async () => {
    await create({ name: "site" });
    const again = await create({ name: "Site" });
    assert.equal(again.status, 422);
    assert.equal(again.body.errors[0].message, "name already exists on this account");
    const nameless = await create({ description: "x" });
    assert.deepEqual([nameless.status, nameless.body.message], [422, 'Invalid request.\n\n"name" wasn\'t supplied.']);
    const wrong = await create({ name: 1, visibility: "secret" });
    assert.match(wrong.body.message, /'properties\/name', 1 is not a string/);
    assert.match(wrong.body.message, /"secret" is not a member of \["public","private"\]/);
    assert.equal((await services.github("POST", "/orgs/acme/repos", "{")).status, 400);
    assert.equal((await services.github("POST", "/orgs/other/repos", { name: "x" })).status, 404);
  });

  it("changes what is sent and keeps the rest", async () => {
    await create({ name: "site", has_wiki: false });
    const { status, body } = await patch("site", { description: "New", delete_branch_on_merge: true });
    assert.deepEqual([status, body.description, body.delete_branch_on_merge, body.has_wiki], [200, "New", true, false]);
  });

  it("refuses merge settings that contradict each other", async () => {
    await create({ name: "site" });
    const none = await patch("site", {
      allow_squash_merge: false,
      allow_merge_commit: false,
      allow_rebase_merge: false,
    });
    assert.match(none.body.errors[0].message, /no_merge_method/);
    const pair = await patch("site", {
      squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
      squash_merge_commit_message: "BLANK",
    });
    assert.equal(pair.status, 422);
    assert.equal(
      (await patch("site", { squash_merge_commit_title: "PR_TITLE", squash_merge_commit_message: "BLANK" })).status,
      200,
    );
  });

  it("takes only an existing branch as the default one", async () => {
    await create({ name: "empty" });
    assert.match((await patch("empty", { default_branch: "trunk" })).body.errors[0].message, /empty repository/);
    await create({ name: "site", auto_init: true });
    assert.match(
      (await patch("site", { default_branch: "trunk" })).body.errors[0].message,
      /branch trunk was not found/,
    );
    const { commit } = (await services.github("GET", "/repos/acme/site/branches/main")).body;
    await services.github("POST", "/repos/acme/site/git/refs", { ref: "refs/heads/trunk", sha: commit.sha });
    assert.equal((await patch("site", { default_branch: "trunk" })).body.default_branch, "trunk");
  });

  it("redirects a former name until another repository takes it", async () => {
    const { id } = (await create({ name: "site" })).body;
    await patch("site", { name: "shop" });
    const old = await services.github("GET", "/repos/acme/site/topics");
    assert.equal(old.status, 301);
    const location = old.headers.get("location") ?? "";
    assert.ok(location.endsWith(`/api/v3/repositories/${id}/topics`));
    assert.equal((await services.github("GET", `/repositories/${id}/topics`)).status, 200);
    assert.equal((await patch("site", { has_wiki: false })).status, 307);
    await create({ name: "site" });
    assert.equal((await services.github("GET", "/repos/acme/site/topics")).status, 200);
  });

  it("keeps topics, alerts and Dependabot's fixes", async () => {
    await create({ name: "site" });
    const site = (method: string, path: string, body?: object) =>
      services.github(method, `/repos/acme/site/${path}`, body);
    assert.deepEqual((await site("PUT", "topics", { names: ["Django", "ci"] })).body, { names: ["django", "ci"] });
    assert.equal((await site("PUT", "topics", { names: ["no spaces"] })).status, 422);
    assert.deepEqual((await services.github("GET", "/repos/acme/site")).body.topics, ["django", "ci"]);
    assert.equal((await site("GET", "vulnerability-alerts")).status, 404);
    assert.equal((await site("PUT", "automated-security-fixes")).status, 422);
    assert.equal((await site("PUT", "vulnerability-alerts")).status, 204);
    assert.equal((await site("GET", "vulnerability-alerts")).status, 204);
    assert.equal((await site("PUT", "automated-security-fixes")).status, 204);
    assert.deepEqual((await site("GET", "automated-security-fixes")).body, { enabled: true, paused: false });
  });

  it("sets security features where the plan offers them", async () => {
    await create({ name: "open", visibility: "public" });
    await create({ name: "closed", visibility: "private" });
    const scanning = { security_and_analysis: { secret_scanning: { status: "enabled" } } };
    assert.equal((await patch("open", scanning)).body.security_and_analysis.secret_scanning.status, "enabled");
    assert.equal((await patch("closed", scanning)).status, 422);
    const advanced = { security_and_analysis: { advanced_security: { status: "enabled" } } };
    assert.match((await patch("open", advanced)).body.errors[0].message, /always available for public/);
  });

  it("makes an archived repository read-only until it is unarchived", async () => {
    await create({ name: "site" });
    await patch("site", { archived: true });
    const refused = await services.github("PUT", "/repos/acme/site/topics", { names: [] });
    assert.deepEqual([refused.status, refused.body.message], [403, "Repository was archived so is read-only."]);
    assert.equal((await services.github("GET", "/repos/acme/site/topics")).status, 200);
    assert.equal((await patch("site", { archived: false })).body.archived, false);
  });

  it("deletes a repository with all that belongs to it", async () => {
    await create({ name: "site", auto_init: true });
    await services.github("POST", "/repos/acme/site/issues", { title: "Broken", labels: ["bug"] });
    assert.equal((await services.github("DELETE", "/repos/acme/site")).status, 204);
    assert.equal((await services.github("GET", "/repos/acme/site")).status, 404);
    const counts = Object.values((await services.console("GET", "/state")).body.github);
    assert.ok(counts.every((count) => count === 0));
  });

  it("lists in pages with links", async () => {
    for (const name of ["a", "b", "c"]) await create({ name });
    const first = await services.github("GET", "/orgs/acme/repos?per_page=2");
    assert.equal(first.body.length, 2);
    assert.match(first.headers.get("link") ?? "", /page=2&per_page=2|per_page=2&page=2/);
    const last = await services.github("GET", "/orgs/acme/repos?per_page=2&page=2");
    assert.deepEqual(
      last.body.map(({ name }: { name: string }) => name),
      ["c"],
    );
    assert.match(last.headers.get("link") ?? "", /rel="prev"/);
    assert.doesNotMatch(last.headers.get("link") ?? "", /rel="next"/);
  });
});
