import assert from "node:assert/strict";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { colleagueToken } from "../../sandbox/services/github/identity.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

describe("emulated GitHub: issues, comments and labels", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true });
  });
  afterEach(() => services.close());

  const site = (method: string, path: string, body?: object) =>
    services.github(method, `/repos/acme/site/${path}`, body);

  it("keeps one comment that is edited", async () => {
    await site("POST", "issues", { title: "Drift" });
    const created = await site("POST", "issues/1/comments", { body: "first" });
    assert.equal(created.status, 201);
    const edited = await site("PATCH", `issues/comments/${created.body.id}`, { body: "second" });
    assert.equal(edited.body.body, "second");
    const comments = (await site("GET", "issues/1/comments")).body;
    assert.deepEqual(
      comments.map(({ id, body }: { id: number; body: string }) => [id, body]),
      [[created.body.id, "second"]],
    );
    assert.equal((await site("DELETE", `issues/comments/${created.body.id}`)).status, 204);
  });

  it("tells who wrote a comment, by the token", async () => {
    await site("POST", "issues", { title: "Drift" });
    const Authorization = `Bearer ${colleagueToken(defaultAccount)}`;
    const path = "/repos/acme/site/issues/1/comments";
    const written = await services.github("POST", path, { body: "by another" }, { Authorization });
    assert.equal(written.body.user.login, "acme-dev");
    assert.equal((await services.github("GET", "/user", undefined, { Authorization })).body.login, "acme-dev");
    await site("POST", "issues/1/comments", { body: "by ops" });
    const logins = (await site("GET", "issues/1/comments")).body.map(
      (comment: typeof written.body) => comment.user.login,
    );
    assert.deepEqual(logins, ["acme-dev", "acme-ops"]);
  });

  it("knows the pull requests of a commit, before the merge and after it", async () => {
    const numbers = async (commit: string): Promise<number[]> =>
      (await site("GET", `commits/${commit}/pulls`)).body.map(({ number }: { number: number }) => number);
    const { sha } = (await site("GET", "branches/main")).body.commit;
    for (const branch of ["one", "two"]) {
      await site("POST", "git/refs", { ref: `refs/heads/${branch}`, sha });
      await site("PUT", `contents/${branch}`, { message: branch, content: "YQ==", branch });
      await site("POST", "pulls", { title: branch, head: branch, base: "main" });
    }
    const head = (await site("GET", "pulls/2")).body.head.sha;
    assert.deepEqual(await numbers(head), [2]);
    assert.deepEqual(await numbers(sha), []);
    const merged = (await site("PUT", "pulls/2/merge", {})).body.sha;
    assert.deepEqual([await numbers(merged), await numbers(head)], [[2], [2]]);
    assert.equal((await site("GET", "commits/0123456789012345678901234567890123456789/pulls")).status, 422);
  });

  it("refuses a comment that is empty, too long, or on nothing", async () => {
    await site("POST", "issues", { title: "Drift" });
    assert.equal((await site("POST", "issues/9/comments", { body: "x" })).status, 404);
    assert.equal((await site("POST", "issues/1/comments", { body: "" })).status, 422);
    const long = await site("POST", "issues/1/comments", { body: "x".repeat(65_537) });
    assert.match(long.body.errors[0].message, /maximum is 65536 characters/);
    assert.equal((await site("POST", "issues/1/comments", { body: "x".repeat(65_536) })).status, 201);
  });

  it("numbers issues and pull requests together and closes them", async () => {
    await site("POST", "issues", { title: "One" });
    const { sha } = (await site("GET", "branches/main")).body.commit;
    await site("POST", "git/refs", { ref: "refs/heads/change", sha });
    assert.match(
      (await site("POST", "pulls", { title: "Two", head: "change", base: "main" })).body.errors[0].message,
      /No commits between main and change/,
    );
    await site("PUT", "contents/a", { message: "a", content: "YQ==", branch: "change" });
    const pull = await site("POST", "pulls", { title: "Two", head: "acme:change", base: "main" });
    assert.equal(pull.body.number, 2);
    assert.match(
      (await site("POST", "pulls", { title: "Again", head: "change", base: "main" })).body.errors[0].message,
      /already exists for acme:change/,
    );
    assert.equal((await site("GET", "pulls?head=acme:change&state=open")).body.length, 1);
    await site("PATCH", "issues/1", { state: "closed" });
    assert.deepEqual(
      (await site("GET", "issues")).body.map(({ number }: { number: number }) => number),
      [2],
    );
  });

  it("makes labels that an issue is the first to have", async () => {
    await site("POST", "labels", { name: "Plan: change", color: "FF0000" });
    assert.equal((await site("POST", "labels", { name: "plan: CHANGE" })).body.errors[0].code, "already_exists");
    await site("POST", "issues", { title: "One", labels: ["drift"] });
    const added = await site("POST", "issues/1/labels", { labels: ["Plan: change"] });
    assert.deepEqual(
      added.body.map(({ name, color }: { name: string; color: string }) => [name, color]),
      [
        ["drift", "ededed"],
        ["Plan: change", "ff0000"],
      ],
    );
    assert.equal((await site("DELETE", "issues/1/labels/drift")).body.length, 1);
    assert.equal((await site("DELETE", "issues/1/labels/drift")).status, 404);
  });
});

describe("emulated GitHub: webhooks, deploy keys and environments", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
    await services.github("POST", "/orgs/acme/repos", { name: "site" });
  });
  afterEach(() => services.close());

  const site = (method: string, path: string, body?: object) =>
    services.github(method, `/repos/acme/site/${path}`, body);

  it("keeps webhooks and never shows their secret", async () => {
    const config = { url: "https://example.com/hook", content_type: "json", secret: "hidden" };
    const created = await site("POST", "hooks", { config, events: ["push"] });
    assert.deepEqual(created.body.config, { ...config, secret: "********", insecure_ssl: "0" });
    assert.match((await site("POST", "hooks", { config })).body.errors[0].message, /already exists/);
    const changed = await site("PATCH", `hooks/${created.body.id}`, { active: false, add_events: ["release"] });
    assert.deepEqual([changed.body.active, changed.body.events], [false, ["push", "release"]]);
    assert.equal((await site("POST", "hooks", { config: {} })).status, 422);
  });

  it("checks deploy keys and lets each open one repository only", async () => {
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0ECEo5Rl1tYHaIFdFqCW2bO5N1Y1XyF0mGqpe7g8aE";
    const created = await site("POST", "keys", { key: `${key} someone@example.com`, title: "CI", read_only: true });
    assert.deepEqual([created.status, created.body.key, created.body.read_only], [201, key, true]);
    assert.equal((await site("POST", "keys", { key })).body.errors[0].message, "key is already in use");
    assert.match((await site("POST", "keys", { key: "nonsense" })).body.errors[0].message, /^key is invalid/);
    assert.equal((await site("DELETE", `keys/${created.body.id}`)).status, 204);
  });

  it("puts environments by name, also with a slash in it", async () => {
    const put = await site("PUT", "environments/eu%2Fproduction", { wait_timer: 5 });
    assert.deepEqual(
      [put.status, put.body.name, put.body.protection_rules[0].wait_timer, put.body.can_admins_bypass],
      [200, "eu/production", 5, true],
    );
    const again = await site("PUT", "environments/eu%2Fproduction", {});
    assert.deepEqual([again.body.id, again.body.protection_rules], [put.body.id, []]);
    assert.equal((await site("DELETE", "environments/eu%2Fproduction")).status, 204);
    assert.equal((await site("GET", "environments/eu%2Fproduction")).status, 404);
  });

  it("gives members access in a role", async () => {
    assert.equal((await site("GET", "collaborators/acme-dev")).status, 404);
    assert.equal((await site("PUT", "collaborators/acme-dev", { permission: "maintain" })).status, 204);
    const roles = (await site("GET", "collaborators")).body;
    assert.deepEqual(
      roles.map(({ login, role_name }: { login: string; role_name: string }) => [login, role_name]),
      [
        ["acme-ops", "admin"],
        ["acme-dev", "maintain"],
      ],
    );
    assert.deepEqual((await site("GET", "invitations")).body, []);
    assert.equal((await site("PUT", "collaborators/nobody", {})).status, 404);
    assert.equal((await site("DELETE", "collaborators/acme-dev")).status, 204);
  });

  it("takes Actions secrets sealed for its key, and shows only names and dates", async () => {
    const { key_id, key } = (await site("GET", "actions/secrets/public-key")).body;
    assert.equal(Buffer.from(key, "base64").length, 32);
    const put = (id: string) =>
      site("PUT", "actions/secrets/deploy_token", { encrypted_value: "c2VhbGVk", key_id: id });
    assert.equal((await put("other")).status, 422);
    assert.equal((await put(key_id)).status, 201);
    assert.equal((await put(key_id)).status, 204);
    assert.equal((await site("GET", "actions/secrets/DEPLOY_TOKEN")).body.name, "DEPLOY_TOKEN");
    assert.equal((await site("DELETE", "actions/secrets/DEPLOY_TOKEN")).status, 204);
    assert.equal((await site("GET", "actions/secrets/DEPLOY_TOKEN")).status, 404);
  });
});
