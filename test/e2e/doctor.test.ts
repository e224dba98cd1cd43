/** `delivery doctor` against the emulated services: all in order, then one thing after the other out of order. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../lib/project-folder.ts";
import { deployHookPath } from "../../sandbox/services/render/deploy-hook.ts";
import { type DoctorWorld, type Findings, openDoctorWorld } from "./support/doctor.ts";

const TOKENS = ["GITHUB_TOKEN", "CIRCLE_TOKEN", "SENTRY_AUTH_TOKEN", "RENDER_API_KEY"];
const TOKEN_CHECKS = ["github-token", "circleci-token", "sentry-token", "render-token"];
const NAMES = ["github-names", "circleci-project", "circleci-context", "sentry-names", "render-names"];
const NO_DOCKER = { DOCKER_CONFIG: "/nonexistent", DOCKER_HOST: "unix:///nonexistent.sock" };

describe("delivery doctor, end to end", function () {
  this.timeout(900_000);
  let world: DoctorWorld;

  before(async () => {
    world = await openDoctorWorld();
  });
  after(async () => {
    await world?.close();
  });

  const includes = (findings: Findings, check: string, pattern: RegExp): void => {
    assert.match(findings.of(check).join("\n"), pattern, check);
  };

  it("finds all in order before the first up, and only reads", async () => {
    const { chain, registry } = world;
    const before = { writes: await chain.console.writes(), asked: registry.requests.length };
    const findings = await world.doctor();
    assert.deepEqual([findings.with("problem"), findings.with("warn"), findings.code], [[], [], 0]);
    // CircleCI tells nobody's role.
    assert.deepEqual(findings.with("not checked"), ["circleci-administrator"]);
    for (const check of ["builder", "github-plan", "sentry-permissions", "render-plan", "registry-push"])
      includes(findings, check, /^ok: /);
    assert.deepEqual(await chain.console.writes(), before.writes);
    const asked = registry.requests.slice(before.asked);
    assert.ok(asked.length > 0 && asked.every((line) => /^(GET|HEAD) /.test(line)), asked.join("\n"));
  });

  it("finds all in order in the example of a production stack, once its names are this world's", async () => {
    const { config } = parse(await readFile(join(projectRoot, "Pulumi.prod.yaml"), "utf8")) as {
      config: Record<string, object>;
    };
    const login = { repository: `${world.registry.address}/acme/site`, username: "sandbox", password: "sandbox" };
    const findings = await world.doctor({
      settings: {
        ...config,
        "delivery:application": { ...config["delivery:application"], path: "sandbox/app" },
        "delivery:image": { ...config["delivery:image"], ...login },
        "delivery:site": { ...config["delivery:site"], ownerId: "tea-qq7f2uo48u621ffmqj55" },
      },
    });
    const wrong = findings.all.filter(({ result }) => result === "problem" || result === "warn");
    assert.deepEqual([wrong, findings.code], [[], 0]);
    includes(findings, "application", /^ok: dependencies by pip .*, gunicorn serves config\.wsgi/);
  });

  it("names every token that is missing, and what has to wait for it", async () => {
    const findings = await world.doctor({ env: Object.fromEntries(TOKENS.map((name) => [name, ""])) });
    assert.equal(findings.code, 2);
    assert.deepEqual(findings.with("problem"), TOKEN_CHECKS);
    for (const [at, check] of TOKEN_CHECKS.entries())
      includes(findings, check, new RegExp(`^problem: ${TOKENS[at]} is not in the environment$`));
    includes(findings, "github-owner", /^not checked: waits for: token$/);
  });

  it("names every token that is wrong, without the stack's passphrase, too", async () => {
    await world.chain.succeed("config", "set", "--secret", "--path", "delivery:secretVariables.KEY", "site-secret");
    const wrong = Object.fromEntries(TOKENS.map((name) => [name, `wrong-${name.toLowerCase()}-value`]));
    const findings = await world.doctor({ env: { ...wrong, PULUMI_CONFIG_PASSPHRASE: "another one" } });
    for (const check of TOKEN_CHECKS) includes(findings, check, /^problem: \w+ is not accepted/);
    for (const value of Object.values(wrong)) assert.ok(!findings.output.includes(value));
    includes(findings, "secrets", /^problem: not readable: incorrect passphrase/);
    includes(findings, "builder", /^not checked: waits for: configuration/);
  });

  it("names what tokens may not do, what plans forbid, and CircleCI's one human step", async () => {
    await world.chain.changeAccount({
      limits: {
        githubScopes: ["admin:org"],
        githubPlan: "free",
        githubCallsLeft: 20,
        circleciAuthorized: false,
        sentryScopes: ["org:read", "team:read"],
        renderCallsLeft: 10,
      },
    });
    const site = { "site.plan": "free", "site.preDeployCommand": "python manage.py migrate" };
    const findings = await world.doctor({ settings: { "repository.autoMerge": true, ...site }, env: NO_DOCKER });
    await world.chain.changeAccount({});
    assert.equal(findings.code, 2);
    includes(findings, "github-permissions", /^problem: the token lacks the scope repo; it has admin:org$/);
    includes(findings, "github-plan", /problem: the plan free has no rulesets.*\nproblem: .* has no auto-merge/);
    includes(findings, "github-rate", /^problem: 1\d of 5000 in this hour: too few/);
    includes(findings, "circleci-organization", /^problem: CircleCI does not know the token's user in gh\/acme$/);
    includes(findings, "sentry-permissions", /^problem: the token lacks team:write and project:write$/);
    includes(findings, "render-plan", /^problem: a free service runs no pre-deploy command/);
    includes(findings, "render-rate", /^warn: \d of 400/);
    includes(findings, "builder", /^problem: neither a builder nor the Docker engine/);
    const silent = findings.all.filter(({ result, mend }) => mend === undefined && /warn|problem/.test(result));
    assert.deepEqual(silent, []);
  });

  it("names owners that are not the token's", async () => {
    const settings = {
      "github:owner": "nobody",
      "pipeline.organization": "gh/nobody",
      "errors.organization": "nobody",
      "site.ownerId": "tea-d0000000000000000000",
    };
    const findings = await world.doctor({ settings });
    includes(findings, "github-owner", /^problem: GitHub knows no user or organization nobody/);
    includes(findings, "circleci-organization", /^problem: .* gh\/nobody/);
    includes(findings, "sentry-organization", /^problem: there is no organization nobody/);
    includes(findings, "render-workspace", /^problem: .*; acme is tea-qq7f2uo48u621ffmqj55/);
  });

  it("lists every problem of the configuration, as a preview does", async () => {
    const findings = await world.doctor({ settings: { "site.region": "mars", "site.instances": 0 } });
    const keys = findings.of("configuration").map((line) => line.split(" ").slice(0, 2).join(" "));
    assert.deepEqual(keys.sort(), ["problem: delivery:site.instances", "problem: delivery:site.region"]);
    includes(findings, "github-token", /^ok/);
    includes(findings, "render-workspace", /^not checked: waits for: configuration/);
  });

  it("says that a push to a missing repository on Docker Hub makes it public, and where to look for webhooks", async () => {
    const { content } = world.registry;
    const { repositories } = content;
    content.repositories = {};
    const findings = await world.doctor({ settings: { "image.repository": "acme/site" } });
    content.repositories = repositories;
    assert.equal(findings.code, 0);
    includes(findings, "docker-hub-repository", /^warn: acme\/site is not there; the first push makes it, public/);
    includes(findings, "docker-hub-webhooks", /^not checked/);
    const { mend } = findings.all.find(({ check }) => check === "docker-hub-webhooks") ?? {};
    assert.match(mend ?? "", /hub\.docker\.com\/repository\/docker\/acme\/site\/webhooks/);
  });

  describe("after an up", () => {
    let empty: string;

    before(async () => {
      empty = join(world.chain.projectDir, "empty.json");
      await writeFile(empty, await world.chain.succeed("stack", "export"));
      await world.chain.succeed("up", "--yes", "--skip-preview");
    });

    it("knows its own by the stack's state", async () => {
      const findings = await world.doctor();
      assert.equal(findings.code, 0);
      for (const check of NAMES) for (const line of findings.of(check)) assert.match(line, /^ok: .* is this stack's$/);
    });

    it("looks of an environment on shared parts only at what is its own", async () => {
      const findings = await world.doctorOnEnvironment();
      assert.equal(findings.code, 0);
      assert.deepEqual(findings.of("circleci-context"), ["ok: site-staging is free"]);
      assert.deepEqual(findings.of("render-names"), ["ok: service site-staging is free"]);
      const shared = findings.all.filter(({ check }) => /^github|sentry-names|circleci-project/.test(check));
      assert.deepEqual(shared, []);
    });

    it("names what exists without being in the stack, and what deploys past the chain", async () => {
      const { chain } = world;
      await chain.succeed("stack", "import", "--file", empty, "--force");
      const [{ service }] = await chain.call("render", "GET", "/v1/services");
      const { github, render } = chain.services.services;
      await fetch(`${render.baseUrl}${deployHookPath(service.id)}`, { method: "POST" });
      await fetch(`${github.baseUrl}/api/v3/repos/acme/site/hooks`, {
        method: "POST",
        headers: { authorization: `Bearer ${chain.services.env["GITHUB_TOKEN"]}` },
        body: JSON.stringify({ config: { url: "https://api.render.com/deploy/srv-1?key=hook-secret" } }),
      });
      await chain.changeAccount({ limits: { githubPermissions: ["administration"], githubPlan: "free" } });
      const findings = await world.doctor();
      await chain.changeAccount({});
      for (const check of NAMES) includes(findings, check, /^problem: .*(exists|followed).* not in this stack$/m);
      const taken = findings.all.filter(({ check }) => NAMES.includes(check));
      assert.ok(taken.every(({ mend }) => mend?.includes("delivery adopt")));
      includes(findings, "render-deploys", /^warn: a deploy hook deployed site-sandbox on \d/);
      includes(findings, "github-hooks", /^warn: webhook \d+ calls a deploy hook of Render/);
      assert.ok(!findings.output.includes("hook-secret"));
      includes(findings, "github-permissions", /^problem: the fine-grained token lacks Contents of site$/);
      includes(findings, "github-plan", /^problem: the plan has no rulesets of private repositories$/);
    });

    it("is neither steered by what a service answers nor kept waiting by one that does not", async () => {
      const { chain } = world;
      const email = `a\u001b]0;owned\u0007\u202eb@acme.example ${chain.services.env["RENDER_API_KEY"]}`;
      const answered = { status: 200, body: { email } };
      await chain.console.fault({ service: "render", path: "/v1/users", action: answered });
      await chain.console.fault({ service: "sentry", path: "/api/0/", action: { delayMs: 30_000 } });
      const findings = await world.doctor({ args: ["--timeout", "2"] });
      await chain.console.clearFaults();
      assert.deepEqual(findings.of("render-token"), ["ok: accepted; it is a<U+202E>b@acme.example [secret]'s"]);
      assert.deepEqual(findings.of("sentry-token"), ["problem: no answer within 2 s"]);
      includes(findings, "sentry-organization", /^not checked: waits for: token/);
    });
  });
});
