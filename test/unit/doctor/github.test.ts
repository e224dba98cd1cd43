import assert from "node:assert/strict";
import { githubBranch, githubRulesets } from "../../../cli/doctor/checks/github-branch.ts";
import { githubNames } from "../../../cli/doctor/checks/github-names.ts";
import { githubOwner } from "../../../cli/doctor/checks/github-owner.ts";
import { githubPermissions } from "../../../cli/doctor/checks/github-permissions.ts";
import { githubPlan } from "../../../cli/doctor/checks/github-plan.ts";
import { githubRate } from "../../../cli/doctor/checks/github-rate.ts";
import { githubToken } from "../../../cli/doctor/checks/github-token.ts";
import { asked, type Given } from "./asked.ts";

describe("delivery doctor: GitHub", () => {
  const repository = { name: "site", visibility: "private", ruleset: {}, autoMerge: false, secretScanning: false };
  const configuration = { repository, protect: true };
  const me: Given = [200, { login: "ops" }, { "x-oauth-scopes": "repo" }];
  const membership = (answer: Given) => ({
    "github /user": me,
    "github /users/acme": [200, { type: "Organization" }] as const,
    "github /user/memberships/orgs/acme": answer,
  });

  it("warns of a token that ends soon, and takes an App's", async () => {
    const ending = (days: number): Given => {
      const at = new Date(Date.now() + days * 86_400_000).toISOString();
      const header = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
      return [200, { login: "ops" }, { "github-authentication-token-expiration": header }];
    };
    const [soon] = await asked(githubToken, { answers: { "github /user": ending(2) } });
    assert.match(soon ?? "", /^warn: accepted; it is ops's; it ends on \d{4}-\d\d-\d\d$/);
    assert.deepEqual(await asked(githubToken, { answers: { "github /user": ending(30) } }), [
      "ok: accepted; it is ops's",
    ]);
    const app = await asked(githubToken, { answers: { "github /user": [403, {}] } });
    assert.deepEqual(app, ["ok: accepted; it is no user's, but an App's"]);
  });

  it("takes an owner for the token's when it is the user, or an organization where the user may act", async () => {
    const user = { "github /user": me, "github /users/ops": [200, { type: "User" }] as const };
    assert.deepEqual(await asked(githubOwner, { answers: user, configuration, facts: { owner: "OPS" } }), [
      "problem: GitHub knows no user or organization OPS",
    ]);
    assert.deepEqual(await asked(githubOwner, { answers: user, configuration, facts: { owner: "ops" } }), [
      "ok: ops, whose the token is",
    ]);
    const other = { ...user, "github /users/dev": [200, { type: "User" }] as const };
    const [foreign] = await asked(githubOwner, { answers: other, configuration, facts: { owner: "dev" } });
    assert.match(foreign ?? "", /^problem: dev is a user, and the token is ops's/);
    for (const [answer, found] of [
      [[404], /^problem: the token's user is no member of acme/],
      [[200, { state: "pending", role: "member" }], /^problem: the invitation to acme is not accepted/],
      [[403, { message: "You need at least read:org scope" }], /^warn: .* \(You need at least read:org scope\)$/],
      [[200, { state: "active", role: "admin" }], /^ok: .* an owner$/],
    ] as const)
      assert.match((await asked(githubOwner, { answers: membership(answer), configuration }))[0] ?? "", found);
  });

  it("knows that members may make no repository, where one has to be made", async () => {
    const member = membership([200, { state: "active", role: "member" }]);
    const rules = { ...member, "github /orgs/acme": [200, { members_can_create_repositories: false }] as const };
    assert.deepEqual(await asked(githubOwner, { answers: rules, configuration }), [
      "problem: members of acme may make no repositories",
    ]);
    const made = { ...rules, "github /repos/acme/site": [200, {}] as const };
    assert.match((await asked(githubOwner, { answers: made, configuration }))[0] ?? "", /^ok: .* a member$/);
  });

  it("asks of a classic token the scope that the visibility needs, and of an unprotected stack one more", async () => {
    const scopes = (given: string, changed: object = {}) =>
      asked(githubPermissions, {
        answers: { "github /user": [200, {}, { "x-oauth-scopes": given }] },
        configuration: { ...configuration, ...changed },
      });
    assert.deepEqual(await scopes(""), ["problem: the token lacks the scope repo; it has none"]);
    assert.match((await scopes("public_repo"))[0] ?? "", /^problem/);
    const open = { repository: { ...repository, visibility: "public" } };
    assert.match((await scopes("gist, public_repo", open))[0] ?? "", /^ok/);
    assert.match((await scopes("repo", { protect: false }))[0] ?? "", /^warn: .* lacks the scope delete_repo/);
  });

  it("tries what a fine-grained token may read, once there is a repository", async () => {
    const answers = { "github /user": [200, {}] as const };
    assert.match((await asked(githubPermissions, { answers, configuration }))[0] ?? "", /^not checked: fine-grained/);
    const there = { ...answers, "github /repos/acme/site": [200, { permissions: { admin: true } }] as const };
    assert.deepEqual(
      (await asked(githubPermissions, { answers: there, configuration })).map((line) => line.split(":")[0]),
      ["ok", "not checked"],
    );
    const refused = { ...there, "github /repos/acme/site/vulnerability-alerts": [403, {}] as const };
    assert.match(
      (await asked(githubPermissions, { answers: refused, configuration }))[0] ?? "",
      /lacks Administration of/,
    );
    const guest = { ...answers, "github /repos/acme/site": [200, { permissions: { admin: false } }] as const };
    assert.match(
      (await asked(githubPermissions, { answers: guest, configuration }))[0] ?? "",
      /no administrator of site/,
    );
  });

  it("holds what is asked for against the plan", async () => {
    const plan = (name: string, changed: object) =>
      asked(githubPlan, {
        answers: { "github /orgs/acme": [200, { plan: { name } }] },
        configuration: { repository: { ...repository, ...changed } },
      });
    assert.deepEqual(await plan("free", { visibility: "public" }), [
      "ok: nothing is asked for that a plan could refuse",
    ]);
    assert.match(
      (await plan("team", { visibility: "internal" })).join("\n"),
      /^problem: the plan team has no internal/,
    );
    assert.deepEqual(await plan("enterprise", { visibility: "internal" }), [
      "ok: enterprise: offers all that is asked for",
    ]);
    assert.match((await plan("team", { secretScanning: true })).join("\n"), /^warn: secret scanning of a private/);
    const hidden = await asked(githubPlan, { answers: { "github /orgs/acme": [200, {}] }, configuration });
    assert.deepEqual(hidden, [
      "not checked: the token may not see the plan; it has to offer rulesets of private repositories",
    ]);
  });

  it("counts what is left, where requests are limited", async () => {
    const left = (remaining: number) => {
      const core = { limit: 5000, remaining, reset: 1_800_000_000 };
      return asked(githubRate, { answers: { "github /rate_limit": [200, { resources: { core } }] }, configuration });
    };
    const results = await Promise.all([149, 499, 500].map(async (count) => (await left(count))[0]?.split(":")[0]));
    assert.deepEqual(results, ["problem", "warn", "ok"]);
    assert.deepEqual(await asked(githubRate, { configuration }), ["ok: not limited"]);
  });

  it("holds the pipeline's branch against the default branch", async () => {
    const branch = (answer: Given, given = "main") => {
      const settings = { ...configuration, pipeline: { branch: given } };
      return asked(githubBranch, { answers: { "github /repos/acme/site": answer }, configuration: settings });
    };
    assert.deepEqual(await branch([404]), ["ok: no repository yet"]);
    const trunk: Given = [200, { full_name: "acme/site", default_branch: "trunk" }];
    assert.deepEqual(await branch(trunk, "trunk"), ["ok: trunk"]);
    assert.deepEqual(await branch(trunk), [
      "problem: the default branch of acme/site is trunk, and pipeline.branch is main",
    ]);
    assert.deepEqual(await asked(githubBranch, { configuration }), []);
  });

  it("warns of rules of the default branch that are not the stack's", async () => {
    const ruleset = (id: number, changes: object = {}) => ({
      ...{ id, name: `rules ${id}`, target: "branch", enforcement: "active", source_type: "Repository" },
      ...{ conditions: { ref_name: { include: ["refs/heads/ma*"], exclude: [] } }, rules: null, ...changes },
    });
    const rules = (list: ReturnType<typeof ruleset>[], answer?: Given) => {
      const ours = { type: "github:index/repositoryRuleset:RepositoryRuleset", id: "1", urn: "urn", inputs: {} };
      const facts = { state: { value: { resources: [ours], pending: [] } } } as never;
      const answers = {
        "github /repos/acme/site": [200, { full_name: "acme/site", default_branch: "main" }] as const,
        "github /repos/acme/site/rulesets?per_page=100": answer ?? ([200, list] as const),
        ...Object.fromEntries(list.map((one) => [`github /repos/acme/site/rulesets/${one.id}`, [200, one] as const])),
      };
      return asked(githubRulesets, { answers, configuration, facts });
    };
    assert.deepEqual(await rules([]), ["ok: none"]);
    assert.deepEqual(await rules([ruleset(1)]), ["ok: this stack's"]);
    const others = [
      ruleset(2, { enforcement: "evaluate" }),
      ruleset(3, { target: "tag" }),
      ruleset(4, { conditions: { ref_name: { include: ["~ALL"], exclude: ["refs/heads/main"] } } }),
    ];
    assert.deepEqual(await rules([ruleset(1), ...others]), ["ok: this stack's"]);
    assert.deepEqual(await rules([ruleset(1), ruleset(5), ruleset(6, { source_type: "Organization" })]), [
      'warn: the ruleset "rules 5" guards the default branch, and is not in this stack',
      'warn: the organization\'s ruleset "rules 6" guards the default branch, and is not in this stack',
    ]);
    assert.deepEqual(await rules([], [403, { message: "Upgrade to GitHub Pro to enable this feature." }]), [
      "ok: the plan has no rulesets",
    ]);
    assert.deepEqual(await rules([], [403, { message: "Resource not accessible by personal access token" }]), [
      "not checked: the token may not see rulesets",
    ]);
  });

  it("takes only the answer that says so for a plan without rulesets", async () => {
    const hidden = (message: string) => {
      const rulesets: Given = [403, { message }];
      const answers = { "github /orgs/acme": [200, {}] as const, "github /repos/acme/site/rulesets": rulesets };
      return asked(githubPlan, { answers, configuration });
    };
    assert.match(
      (await hidden("Upgrade to GitHub Pro or make this repository public."))[0] ?? "",
      /^problem: the plan/,
    );
    assert.match((await hidden("Resource not accessible by personal access token"))[0] ?? "", /^not checked/);
  });

  it("tells a free name from a former one, and from an archived repository", async () => {
    const named = (answer: Given) =>
      asked(githubNames, { answers: { "github /repos/acme/site": answer }, configuration });
    assert.deepEqual(await named([404]), ["ok: site is free"]);
    const renamed: Given = [200, { full_name: "acme/website" }];
    assert.deepEqual(await named(renamed), [
      "warn: acme/site is called acme/website now: a new site ends the redirect from there",
    ]);
    const ours = { type: "github:index/repository:Repository", id: "site", urn: "urn", inputs: {} };
    const facts = { state: { value: { resources: [ours], pending: [] } } } as never;
    const answers = { "github /repos/acme/site": renamed };
    assert.deepEqual(await asked(githubNames, { answers, configuration, facts }), [
      "problem: acme/site is called acme/website now",
    ]);
    assert.match((await named([200, { full_name: "Acme/Site" }]))[0] ?? "", /^problem: Acme\/Site exists/);
    assert.match((await named([200, { full_name: "acme/site", archived: true }]))[0] ?? "", /^problem: .* archived/);
  });
});
