import assert from "node:assert/strict";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

const reviews = (count: number) => ({
  type: "pull_request",
  parameters: {
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_approving_review_count: count,
    required_review_thread_resolution: false,
  },
});
const checks = (...contexts: string[]) => ({
  type: "required_status_checks",
  parameters: {
    strict_required_status_checks_policy: false,
    required_status_checks: contexts.map((context) => ({ context })),
  },
});
const onDefaultBranch = { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } };

describe("emulated GitHub: rulesets", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true });
  });
  afterEach(() => services.close());

  const site = (method: string, path: string, body?: object) =>
    services.github(method, `/repos/acme/site/${path}`, body);
  const create = (more: object = {}) =>
    site("POST", "rulesets", { name: "main", enforcement: "active", conditions: onDefaultBranch, ...more });
  const write = (path = "file", branch = "main") =>
    site("PUT", `contents/${path}`, { message: "m", content: "eA==", branch });

  it("creates, reads, changes, lists and deletes one", async () => {
    const rules = [{ type: "deletion" }, reviews(1)];
    const bypass_actors = [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "pull_request" }];
    const created = await create({ rules, bypass_actors });
    assert.equal(created.status, 201);
    assert.deepEqual(
      [created.body.target, created.body.source, created.body.rules, created.body.bypass_actors],
      ["branch", "acme/site", rules, bypass_actors],
    );
    const path = `rulesets/${created.body.id}`;
    const changed = await site("PUT", path, { enforcement: "disabled" });
    assert.deepEqual([changed.body.enforcement, changed.body.rules], ["disabled", rules]);
    assert.deepEqual((await site("GET", `${path}?includes_parents=false`)).body, changed.body);
    const [listed] = (await site("GET", "rulesets")).body;
    assert.deepEqual([listed.name, listed.rules], ["main", undefined]);
    assert.equal((await site("DELETE", path)).status, 204);
    assert.equal((await site("GET", path)).status, 404);
  });

  it("answers null for actors that have no id", async () => {
    const { body } = await create({ bypass_actors: [{ actor_id: 1, actor_type: "OrganizationAdmin" }] });
    assert.deepEqual(body.bypass_actors, [{ actor_id: null, actor_type: "OrganizationAdmin", bypass_mode: "always" }]);
    assert.equal(body.current_user_can_bypass, "always");
  });

  it("refuses what contradicts itself, in GitHub's words", async () => {
    await create();
    assert.deepEqual((await create()).body.errors, ["Name must be unique"]);
    const empty = await create({ name: "b", rules: [checks("")] });
    assert.equal(empty.status, 422);
    assert.deepEqual(empty.body.errors, [
      "Invalid rule 'required_status_checks': Invalid parameter required_status_checks: Invalid array contents. Errors at index 0: Expected context to be present",
    ]);
    const foreign = await create({ name: "c", bypass_actors: [{ actor_id: 77, actor_type: "User" }] });
    assert.match(foreign.body.errors[0], /Actor must be part of/);
    const unknown = await create({ name: "d", rules: [{ type: "no_such_rule" }] });
    assert.match(unknown.body.message, /Invalid property \/rules\/0\/type: data matches no possible input/);
    assert.match((await create({ name: "e", enforcement: "on" })).body.message, /"on" is not a member of/);
    assert.match(
      (await create({ name: "f", conditions: { ref_name: { include: ["main"] } } })).body.errors[0],
      /'main'/,
    );
  });

  it("refuses a commit past the rules, and tells each rule", async () => {
    await create({ rules: [reviews(0), checks("build", "test")] });
    const refused = await write();
    assert.equal(refused.status, 409);
    assert.equal(
      refused.body.message,
      "Repository rule violations found\n\nChanges must be made through a pull request.\n\n2 of 2 required status checks are expected.\n\n",
    );
    assert.equal((await site("GET", "branches/main")).body.protected, true);
  });

  it("lets the actors pass that may bypass", async () => {
    const { id } = (await services.github("GET", "/user")).body;
    const rules = [reviews(0)];
    const ruleset = (await create({ rules, bypass_actors: [{ actor_id: id, actor_type: "User" }] })).body;
    assert.equal((await write("a")).status, 201);
    const change = (actor: object) => site("PUT", `rulesets/${ruleset.id}`, { bypass_actors: [actor] });
    await change({ actor_id: 5, actor_type: "RepositoryRole" });
    assert.equal((await write("b")).status, 201);
    await change({ actor_id: 4, actor_type: "RepositoryRole" });
    assert.equal((await write("c")).status, 409);
    await change({ actor_id: id, actor_type: "User", bypass_mode: "pull_request" });
    assert.equal((await write("d")).status, 409);
  });

  it("holds only while active, and only for the branches that it names", async () => {
    const head = (await site("GET", "branches/main")).body.commit.sha;
    for (const name of ["release/1", "feature"])
      await site("POST", "git/refs", { ref: `refs/heads/${name}`, sha: head });
    const conditions = {
      ref_name: { include: ["refs/heads/release/*", "~DEFAULT_BRANCH"], exclude: ["refs/heads/main"] },
    };
    const { id } = (await create({ rules: [reviews(0)], conditions })).body;
    assert.equal((await write("a", "main")).status, 201);
    assert.equal((await write("a", "feature")).status, 201);
    assert.equal((await write("a", "release/1")).status, 409);
    await site("PUT", `rulesets/${id}`, { enforcement: "evaluate" });
    assert.equal((await write("a", "release/1")).status, 201);
  });

  it("protects references from deletion and force", async () => {
    const first = (await site("GET", "branches/main")).body.commit.sha;
    await write("a");
    await create({ rules: [{ type: "deletion" }, { type: "non_fast_forward" }] });
    const back = await site("PATCH", "git/refs/heads/main", { sha: first, force: true });
    assert.match(back.body.message, /Cannot force-push to this branch/);
    assert.match((await site("DELETE", "git/refs/heads/main")).body.message, /Cannot delete this branch/);
    assert.equal((await write("b")).status, 201);
  });

  it("merges a pull request when its checks have passed", async () => {
    const head = (await site("GET", "branches/main")).body.commit.sha;
    await site("POST", "git/refs", { ref: "refs/heads/change", sha: head });
    const { sha } = (await write("new", "change")).body.commit;
    await create({ rules: [reviews(0), checks("build")] });
    const pull = await site("POST", "pulls", { title: "Change", head: "change", base: "main" });
    assert.deepEqual([pull.status, pull.body.head.sha], [201, sha]);
    const merge = () => site("PUT", `pulls/${pull.body.number}/merge`, {});
    const early = await merge();
    assert.equal(early.status, 405);
    assert.match(early.body.message, /Required status check "build" is expected/);
    await site("POST", `statuses/${sha}`, { context: "build", state: "success" });
    assert.equal((await merge()).body.merged, true);
    assert.equal((await site("GET", "contents/new?ref=main")).status, 200);
    assert.equal((await site("GET", `pulls/${pull.body.number}`)).body.merged, true);
    assert.equal((await merge()).status, 405);
  });
});
