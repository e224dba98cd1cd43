import assert from "node:assert/strict";
import { circleciAdministrator } from "../../../cli/doctor/checks/circleci-contexts.ts";
import { circleciProject } from "../../../cli/doctor/checks/circleci-names.ts";
import { circleciOrganization } from "../../../cli/doctor/checks/circleci-organization.ts";
import { configuration as configurationCheck } from "../../../cli/doctor/checks/configuration.ts";
import { plugins } from "../../../cli/doctor/checks/plugins.ts";
import { renderPlan } from "../../../cli/doctor/checks/render-plan.ts";
import { renderRate } from "../../../cli/doctor/checks/render-rate.ts";
import { sentryNames } from "../../../cli/doctor/checks/sentry-names.ts";
import { sentryOrganization, sentryPermissions } from "../../../cli/doctor/checks/sentry-organization.ts";
import { sentryPlan } from "../../../cli/doctor/checks/sentry-plan.ts";
import { pendingOperations, stack } from "../../../cli/doctor/checks/stack.ts";
import { asked, type Given } from "./asked.ts";

const first = async (found: Promise<string[]>): Promise<string> => (await found)[0] ?? "";

describe("delivery doctor: this machine", () => {
  it("says how to make a stack that is not there, and how to reach a backend", async () => {
    const of = (failure: string) => first(asked(stack, { facts: { state: { failure } } }));
    assert.match(await of("no stack named 'prod' found"), /^problem: the state cannot be read: no stack named/);
    const pending = [{ type: "creating", resource: {} }] as never;
    const interrupted = asked(pendingOperations, { facts: { state: { value: { resources: [], pending } } } });
    assert.match(await first(interrupted), /^problem: 1 were under way/);
  });

  it("names plugins that are missing: to be downloaded, or not to be had", async () => {
    const facts = { plugins: { value: ["github 6.15.0", "sentry 0.0.9"] } };
    assert.match(
      await first(asked(plugins, { facts, env: {} })),
      /^warn: the next preview downloads docker-build 0\.0\.22$/,
    );
    const forbidden = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
    assert.match(await first(asked(plugins, { facts, env: forbidden })), /^problem: not installed/);
  });

  it("gives each problem of the configuration a line", async () => {
    const problems = ["site.plan", "site.region"].map((key) => ({ key, problem: "is missing", mend: "set it" }));
    const found = await asked(configurationCheck, { facts: { configuration: undefined, problems } });
    assert.deepEqual(found, ["problem: site.plan is missing", "problem: site.region is missing"]);
  });
});

describe("delivery doctor: CircleCI", () => {
  const configuration = {
    pipeline: { organization: "github/acme", context: "site-production", restrictContext: true },
  };
  const known = (slug: string, name = "acme"): Record<string, Given> => {
    return { "circleci /api/v2/me/collaborations": [200, [{ slug, name }]] };
  };

  it("knows an organization by either slug, not by other capitals, and one that is joined by the GitHub App only", async () => {
    const ours = { pipeline: { organization: "gh/acme" } };
    for (const slug of ["gh/acme", "github/acme"])
      for (const settings of [configuration, ours])
        assert.match(
          await first(asked(circleciOrganization, { answers: known(slug), configuration: settings })),
          /^ok/,
        );
    const capitals = asked(circleciOrganization, { answers: known("gh/Acme"), configuration });
    assert.match(await first(capitals), /^problem: CircleCI calls the organization gh\/Acme, not gh\/acme/);
    const byApp = asked(circleciOrganization, { answers: known("circleci/PUvH9", "Acme"), configuration });
    assert.match(await first(byApp), /^problem: acme is joined to CircleCI by the GitHub App \(circleci\/PUvH9\)/);
  });

  it("asks GitHub how the repository is spelled, and finds the stack's project by either slug", async () => {
    const answers = (name: string): Record<string, Given> => ({
      [`github /repos/acme/site`]: [200, { full_name: `acme/${name}` }],
      "circleci /api/v2/project/gh/acme/site": [200, {}],
    });
    const settings = { pipeline: { organization: "gh/acme" }, repository: { name: "site" } };
    const resources = [{ urn: "urn", type: "circleci:index:Project", id: "github/acme/site" }];
    const facts = { state: { value: { resources, pending: [] } } } as never;
    const of = (name: string, env?: NodeJS.ProcessEnv) =>
      first(asked(circleciProject, { answers: answers(name), configuration: settings, facts, ...(env && { env }) }));
    assert.equal(
      await of("Site"),
      "problem: GitHub calls the repository Site, not site, and CircleCI tells capitals from small letters",
    );
    assert.equal(await of("site"), "ok: gh/acme/site is this stack's");
    assert.equal(await of("renamed"), "ok: gh/acme/site is this stack's");
    assert.equal(await of("Site", {}), "ok: gh/acme/site is this stack's");
  });

  it("takes the role from GitHub when both know the same user", async () => {
    const users = (login: string, role?: string): Record<string, Given> => ({
      "circleci /api/v2/me": [200, { login: "ops" }],
      "github /user": [200, { login }],
      ...(role && { "github /user/memberships/orgs/acme": [200, { role }] }),
    });
    const of = (answers: Record<string, Given>) => first(asked(circleciAdministrator, { answers, configuration }));
    assert.match(await of(users("ops", "admin")), /^ok: ops is an owner/);
    assert.match(await of(users("ops", "member")), /^problem: ops is no owner/);
    assert.match(await of(users("dev", "admin")), /^not checked/);
    assert.match(await of(users("ops")), /^not checked/);
  });
});

describe("delivery doctor: Sentry", () => {
  const errors = { organization: "acme", team: "web", project: "site", rateLimit: { count: 1, seconds: 1 } };
  const ORGANIZATION = "sentry /organizations/acme/";
  const access = (...scopes: string[]): Record<string, Given> => {
    return { [ORGANIZATION]: [200, { slug: "acme", access: scopes }] };
  };

  it("tells an organization that may not be seen from one that is not there", async () => {
    const of = (answer: Given) =>
      first(asked(sentryOrganization, { answers: { [ORGANIZATION]: answer }, configuration: { errors } }));
    assert.match(await of([403]), /lacks the scope org:read$/);
    assert.match(await of([404]), /^problem: there is no organization acme/);
  });

  it("names the scopes that are missing, and those that only destroy or a pipeline needs", async () => {
    const of = (answers: Record<string, Given>, image: object = { delivery: "build" }) =>
      first(asked(sentryPermissions, { answers, configuration: { errors, image } }));
    assert.match(await of(access("org:read", "team:admin")), /^problem: the token lacks project:write$/);
    assert.match(await of(access("team:write", "project:write")), /^warn: .* lacks team:admin and project:admin$/);
    const all = access("team:admin", "project:admin");
    assert.match(await of(all), /^ok/);
    assert.match(await of(all, { delivery: "continuous" }), /^problem: the token lacks project:releases$/);
    for (const silent of [{ slug: "acme" }, { slug: "acme", access: null }])
      assert.match(await of({ [ORGANIZATION]: [200, silent] }), /^not checked: Sentry does not say/);
  });

  it("sees on the projects that are there whether keys can be limited", async () => {
    const of = (...features: (string[] | null)[]) => {
      const projects = features.map((list) => ({ features: list }));
      const answers: Record<string, Given> = { "sentry /organizations/acme/projects/": [200, projects] };
      return first(asked(sentryPlan, { answers, configuration: { errors } }));
    };
    assert.match(await of(["rate-limits"], []), /^ok/);
    assert.match(await of(["alert-filters"], null), /^warn/);
    assert.match(await of(), /^not checked/);
    assert.deepEqual(await asked(sentryPlan, { configuration: { errors: { ...errors, rateLimit: undefined } } }), []);
  });
});

describe("delivery doctor: names of adopted objects", () => {
  it("are those that were found", async () => {
    const asFound = { pipeline: { slug: "gh/acme/other" }, "errors-team": { slug: "everybody" } };
    const errors = { organization: "acme", team: "web", project: "site" };
    const configuration = { asFound, errors, pipeline: { organization: "gh/acme" } };
    assert.deepEqual(await asked(circleciProject, { configuration }), ["ok: gh/acme/other is free"]);
    assert.deepEqual(await asked(sentryNames, { configuration }), [
      "ok: team everybody is free",
      "ok: project site is free",
    ]);
    const moved = { "sentry /projects/acme/site/": [302, { slug: "shop", detail: {} }] as const };
    assert.deepEqual(await asked(sentryNames, { configuration, answers: moved }), [
      "ok: team everybody is free",
      "problem: project acme/site is called shop now",
    ]);
  });
});

describe("delivery doctor: Render", () => {
  const site = { plan: "free", ownerId: "tea-1", project: "managed", name: "site" };
  const projects = (count: number): Record<string, Given> => {
    const list = Array.from({ length: count }, (_, at) => ({ project: { id: `prj-${at}` }, cursor: "" }));
    return { "render /projects?ownerId=tea-1&limit=100": [200, list] };
  };

  it("knows what a free service cannot do, and that a Hobby workspace has room for one project", async () => {
    const asks = { ...site, preDeployCommand: "migrate", instances: 2 };
    const found = await asked(renderPlan, { answers: projects(1), configuration: { site: asks, production: true } });
    assert.deepEqual(
      found.map((line) => line.split(":")[0]),
      ["problem", "problem", "warn", "warn"],
    );
    const paid = { site: { ...asks, plan: "starter" }, production: true };
    assert.deepEqual(await asked(renderPlan, { answers: projects(0), configuration: paid }), [
      "ok: starter: offers all that is asked for",
    ]);
  });

  it("counts what is left in the minute", async () => {
    const left = (headers: Record<string, string>) =>
      first(asked(renderRate, { answers: { "render /users": [200, {}, headers] }, configuration: { site } }));
    assert.match(await left({ "ratelimit-remaining": "49", "ratelimit-limit": "400" }), /^warn: 49 of 400/);
    assert.match(await left({ "ratelimit-remaining": "399" }), /^ok: 399/);
    assert.match(await left({}), /^not checked/);
  });
});
