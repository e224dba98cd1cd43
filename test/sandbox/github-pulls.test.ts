import assert from "node:assert/strict";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { colleagueToken } from "../../sandbox/services/github/identity.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

const asColleague = { Authorization: `Bearer ${colleagueToken(defaultAccount)}` };

describe("emulated GitHub: pull requests", () => {
  let services: ServicesUnderTest;
  beforeEach(async () => {
    services = await startForTest();
    await services.github("POST", "/orgs/acme/repos", { name: "site", auto_init: true });
  });
  afterEach(() => services.close());

  const site = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
    services.github(method, `/repos/acme/site/${path}`, body, headers);
  const put = (path: string, content: string, more: object = {}) =>
    site("PUT", `contents/${path}`, { message: path, content: Buffer.from(content).toString("base64"), ...more });
  /** Opens the pull request of a branch with one more file, as the colleague. */
  const open = async (): Promise<void> => {
    const { sha } = (await site("GET", "branches/main")).body.commit;
    await site("POST", "git/refs", { ref: "refs/heads/change", sha });
    await put("file.txt", "one\ntwo\n", { branch: "change" });
    const request = { title: "Change", head: "change", base: "main" };
    assert.equal((await site("POST", "pulls", request, asColleague)).status, 201);
  };
  const review = (event: string, headers?: Record<string, string>) =>
    site("POST", "pulls/1/reviews", { event }, headers);
  const merge = (headers?: Record<string, string>) => site("PUT", "pulls/1/merge", {}, headers);
  const report = async (state: string) =>
    site("POST", `statuses/${(await site("GET", "pulls/1")).body.head.sha}`, { state, context: "ci/circleci: test" });

  /** A review and a check are required of everybody but administrators. */
  const protect = async (): Promise<void> => {
    const { status } = await site("POST", "rulesets", {
      name: "main",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
      rules: [
        {
          type: "pull_request",
          parameters: {
            dismiss_stale_reviews_on_push: true,
            require_code_owner_review: false,
            require_last_push_approval: false,
            required_approving_review_count: 1,
            required_review_thread_resolution: false,
          },
        },
        {
          type: "required_status_checks",
          parameters: {
            strict_required_status_checks_policy: false,
            required_status_checks: [{ context: "ci/circleci: test" }],
          },
        },
      ],
    });
    assert.equal(status, 201);
  };

  it("show what they change, line by line", async () => {
    await put("other.txt", "one\nthree\n");
    await open();
    await put("meanwhile.txt", "meanwhile\n");
    const { sha } = (await site("GET", "contents/other.txt?ref=change")).body;
    await put("other.txt", "one\n2\n", { branch: "change", sha });
    const { body } = await site("GET", "pulls/1/files");
    assert.deepEqual(
      body.map((file: typeof body) => [file.filename, file.status, file.additions, file.deletions, file.patch]),
      [
        ["file.txt", "added", 2, 0, "@@ -0,0 +1,2 @@\n+one\n+two"],
        ["other.txt", "modified", 1, 1, "@@ -1,2 +1,2 @@\n one\n-three\n+2"],
      ],
    );
    const pull = (await site("GET", "pulls/1")).body;
    assert.deepEqual([pull.additions, pull.deletions, pull.changed_files, pull.commits], [3, 1, 2, 2]);
  });

  it("merge only with the required review and a passing check, of the newest commit", async () => {
    await protect();
    await open();
    const refused = async (pattern: RegExp): Promise<void> => {
      const { status, body } = await merge(asColleague);
      assert.equal(status, 405);
      assert.match(body.message, pattern);
    };
    await refused(/At least 1 approving review is required(.|\n)*"ci\/circleci: test" is expected/);
    assert.match(JSON.stringify((await review("APPROVE", asColleague)).body), /Can not approve your own pull request/);
    await review("COMMENT");
    await refused(/At least 1 approving review is required/);
    assert.equal((await review("APPROVE")).body.state, "APPROVED");
    await report("failure");
    await refused(/^Repository rule violations found\s+Required status check "ci\/circleci: test" is failing\.\s*$/);
    await report("success");
    await put("late.txt", "late", { branch: "change" });
    await refused(/At least 1 approving review is required(.|\n)*is expected/);
    await review("APPROVE");
    await report("success");
    await review("REQUEST_CHANGES");
    await refused(/At least 1 approving review is required/);
    await review("APPROVE");
    assert.equal((await merge(asColleague)).status, 200);
    assert.equal((await site("GET", "contents/late.txt")).status, 200);
    assert.equal((await site("GET", "pulls/1")).body.merged, true);
  });

  it("may be merged past the rules by who bypasses them", async () => {
    await protect();
    await open();
    assert.equal((await merge()).status, 200);
  });

  it("take their branch with them where the repository says so, and stay readable", async () => {
    await services.github("PATCH", "/repos/acme/site", { delete_branch_on_merge: true });
    await open();
    const head = (await site("GET", "pulls/1")).body.head.sha;
    await merge();
    assert.equal((await site("GET", "branches/change")).status, 404);
    const { body } = await site("GET", "pulls/1");
    assert.deepEqual([body.head.sha, body.changed_files], [head, 1]);
  });

  it("say how they stand", async () => {
    await open();
    const state = async () => (await site("GET", "pulls/1")).body.mergeable_state;
    assert.equal(await state(), "clean");
    await put("file.txt", "another\n");
    assert.equal(await state(), "dirty");
  });
});
