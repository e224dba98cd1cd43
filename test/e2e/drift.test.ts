/** Drift, as a nightly job finds it: edits at all four services, deletions, lost access, and what is only noise. */
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "../../cli/report/index.ts";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { runDelivery } from "./support/delivery.ts";
import { openScriptedChain, type ScriptedChain } from "./support/scripted-chain.ts";

const UP = ["up", "--yes", "--skip-preview"];
const REPOSITORY = "/api/v3/repos/acme/site";
const PLANTED = "planted-secret-value";

/** What a run of the command gave. */
interface Found {
  readonly code: number;
  readonly stderr: string;
  readonly report: Report;
}

describe("drift, end to end", function () {
  this.timeout(900_000);
  let chain: ScriptedChain;

  before(async () => {
    chain = await openScriptedChain();
    await chain.succeed("config", "set", "--path", "delivery:secretVariables.API_KEY", "first", "--secret");
    const database = ["delivery:database.plan=basic_256mb", "delivery:database.version=17"];
    await chain.succeed("config", "set-all", "--path", ...database.flatMap((setting) => ["--plaintext", setting]));
    await chain.succeed(...UP);
  });
  after(() => chain?.close());

  /** Runs the command with today's environment of the services. */
  const drift = async (...args: string[]): Promise<Found> => {
    const env = Object.fromEntries(Object.entries(chain.services.env));
    const { code, stdout, stderr } = await runDelivery(chain, ["drift", "--json", ...args], env);
    assert.ok(stdout.startsWith("{"), `delivery drift ended with ${code}\n${stderr}`);
    return { code, stderr, report: JSON.parse(stdout) as Report };
  };
  const backend = (): string => new URL(chain.home.env["PULUMI_BACKEND_URL"] ?? "").pathname;
  /** Every file of the backend by its path, with its content. */
  const state = async (): Promise<Record<string, string>> => {
    const files = (await readdir(backend(), { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const paths = files.map((one) => join(one.parentPath, one.name)).sort();
    return Object.fromEntries(
      await Promise.all(paths.map(async (path) => [path, await readFile(path, "utf8")] as const)),
    );
  };
  const changesIn = ({ report }: Found): Record<string, string[]> =>
    Object.fromEntries(
      report.changes.flatMap(({ service, changes }) =>
        changes.map(({ kind, label, operation, properties }) => [
          `${service} ${kind} ${label}`,
          operation === "delete" ? ["deleted"] : properties.map(({ path }) => path).sort(),
        ]),
      ),
    );
  const leftAlone = ({ report }: Found, isDrift: boolean): string[] =>
    (report.drift?.leftAlone ?? [])
      .filter((one) => one.isDrift === isDrift)
      .map(({ label, path }) => `${label} ${path}`)
      .sort();
  const theContext = async (): Promise<string> =>
    (await chain.call("circleci", "GET", "/api/v2/context?owner-slug=gh/acme")).items[0].id;
  const theService = async (): Promise<string> =>
    (await chain.call("render", "GET", "/v1/services?limit=1"))[0].service.id;
  const theDatabase = async (): Promise<string> => (await chain.call("render", "GET", "/v1/postgres"))[0].postgres.id;

  it("finds nothing right after an update, with rotated tokens, and writes nothing anywhere", async () => {
    const tokens = { github: "gh-new", circleci: "cc-new", sentry: "se-new", render: "re-new" };
    await chain.rotateTokens(tokens);
    const [before, calls] = [await state(), (await chain.console.traffic()).length];
    const found = await drift();
    assert.equal(found.code, 0, found.report.headline);
    assert.equal(found.report.outcome, "no changes");
    assert.deepEqual(changesIn(found), {});
    assert.deepEqual(found.report.drift?.leftAlone, []);
    assert.deepEqual(found.report.drift?.pending, []);
    assert.equal(found.report.hidden.defaults, 0, "what a vendor's plugin fills in is in none of its inputs");
    assert.match(found.report.drift?.notes.join() ?? "", /image in the registry was not compared/);
    assert.deepEqual(await state(), before);
    const asked = (await chain.console.traffic()).slice(calls);
    await chain.rotateTokens(defaultAccount.tokens);
    assert.ok(asked.length > 20);
    assert.deepEqual([...new Set(asked.map(({ method }) => method))], ["GET"]);
  });

  it("offers to take an alert from the state that Sentry has shut down, on which the plugin fails", async () => {
    const exported = JSON.parse(await chain.succeed("stack", "export"));
    const { resources } = exported.deployment;
    const at = resources.findIndex(({ type }: { type: string }) => type === "sentry:index/sentryKey:SentryKey");
    const type = "sentry:index/sentryIssueAlert:SentryIssueAlert";
    const urn = `${resources[at].urn.split("::").slice(0, 2).join("::")}::${type}::errors-alert`;
    const alert = { organization: "acme", project: "site", name: "New issue" };
    const { id: _id, ...like } = resources[at];
    resources.splice(at + 1, 0, {
      ...like,
      urn,
      type,
      id: "acme/site/1",
      inputs: alert,
      outputs: alert,
      protect: true,
    });
    const file = join(chain.projectDir, "..", "with-alert.json");
    await writeFile(file, JSON.stringify(exported));
    await chain.succeed("stack", "import", "--file", file);

    const refresh = await chain.pulumi("refresh", "--yes", "--skip-preview", "--target", urn);
    assert.match(refresh.stdout + refresh.stderr, /410 .*This API no longer exists/);
    for (const command of [["drift"], ["up"], ["preview", "--refresh"], ["pulumi", "destroy", "--run-program"]]) {
      const { code, stderr } = await runDelivery(chain, command, chain.services.env);
      assert.equal(code, 1, command.join(" "));
      assert.match(stderr, /errors-alert: an alert by Sentry's alert rules, whose API Sentry has shut down \(410\)/);
      assert.ok(stderr.includes(`pulumi state delete '${urn}' --force\n`), stderr);
    }
    assert.ok((await chain.succeed("stack", "export")).includes(urn));
    const found = await drift("--yes");
    assert.deepEqual([found.code, found.report.outcome], [0, "no changes"], found.stderr);
    assert.match(found.stderr, /errors-alert: taken from the state\. As it was before, it is in \S+\.json/);
    assert.ok(!(await chain.succeed("stack", "export")).includes(urn));
  });

  it("tells each edit by hand, with what is declared and what is there, and what nobody declares apart", async () => {
    await editEverywhere();
    const before = await state();
    const found = await drift("--publish", "--repository", "acme/site", "--job-url", "https://ci.example/1");
    assert.equal(found.code, 2);
    assert.deepEqual(changesIn(found), {
      "GitHub repository acme/site": ["description", "hasWiki"],
      "GitHub ruleset default-branch": ["rules.pullRequest.requiredApprovingReviewCount"],
      "GitHub file .circleci/config.yml": ["content"],
      "CircleCI project gh/acme/site": ["settings.forksReceiveSecretEnvVars"],
      "CircleCI context variable SENTRY_DSN": ["value"],
      "Sentry project site": ["name"],
      "Render database site-sandbox": ["ipAllowList", "plan"],
      "Render web service site-sandbox": [
        "environmentVariables.API_KEY",
        "environmentVariables.SENTRY_ENVIRONMENT",
        "healthCheckPath",
        "image",
        "plan",
      ],
    });
    assert.deepEqual(leftAlone(found, true), ["sandbox isActive"]);
    assert.deepEqual(leftAlone(found, false), [
      "Dockerfile content",
      "sandbox rateLimitCount",
      "sandbox rateLimitWindow",
      "site resolveAge",
      "site-sandbox diskSizeGB",
      "site-sandbox undeclaredVariables",
    ]);
    const all = found.report.changes.flatMap(({ changes }) => changes);
    const database = all.find(({ kind }) => kind === "database");
    assert.deepEqual(database?.meanings, [
      "loosened network: 0.0.0.0/0 can reach the database",
      "raised the database's plan from basic_256mb to basic_1gb",
    ]);
    const site = all.filter(({ kind }) => kind === "web service");
    const plan = site.flatMap(({ properties }) => properties).find(({ path }) => path === "plan");
    assert.deepEqual(plan?.before, { state: "known", value: "starter" });
    assert.deepEqual(plan?.after, { state: "known", value: "standard" });
    const variable = all.find(({ kind }) => kind === "context variable");
    assert.match(variable?.meanings.join() ?? "", /last written at \d{4}-\d\d-\d\dT/);
    assert.deepEqual(await state(), before);
    const [issue] = await chain.call("github", "GET", `${REPOSITORY}/issues?labels=drift`);
    assert.equal(issue.title, "Drift in sandbox");
    assert.match(found.stderr, new RegExp(`An issue about drift is open now: .*/issues/${issue.number}`));
    for (const text of [JSON.stringify(found.report), issue.body]) assert.ok(!text.includes(PLANTED));
  });

  it("reports the rest when a service refuses, and does not take lost access for a deletion", async () => {
    await chain.call("circleci", "DELETE", `/api/v2/context/${await theContext()}`);
    await chain.call("render", "POST", `/v1/services/${await theService()}/suspend`);
    await chain.call("render", "POST", `/v1/postgres/${await theDatabase()}/suspend`);
    const refusal = { status: 403, body: { detail: "You do not have permission to perform this action." } };
    await chain.console.fault({ service: "sentry", action: refusal, times: "always" });
    const missing = { status: 404, body: { message: "Not Found" } };
    await chain.console.fault({ service: "github", pathPattern: "/repos/", action: missing, times: "always" });
    await chain.console.fault({
      service: "github",
      pathPattern: "/orgs/acme/repos",
      action: { status: 200, body: [] },
      times: "always",
    });
    const found = await drift();
    await chain.console.clearFaults();

    assert.equal(found.code, 1);
    const unread = found.report.drift?.unread ?? [];
    assert.deepEqual(unread.map(({ service }) => service).sort(), ["GitHub", "Sentry"]);
    assert.match(found.stderr, /GitHub could not be compared.*sees no private repository of acme at all.*GITHUB_TOKEN/);
    assert.match(found.stderr, /Sentry could not be compared.*403.*SENTRY_AUTH_TOKEN/);
    const changes = changesIn(found);
    assert.deepEqual(changes["CircleCI context site-sandbox"], ["deleted"]);
    assert.deepEqual(changes["CircleCI context variable SENTRY_DSN"], ["deleted"]);
    assert.ok(changes["Render web service site-sandbox"]?.includes("plan"));
    assert.ok(!Object.keys(changes).some((name) => /GitHub|Sentry/.test(name)), Object.keys(changes).join());
    assert.deepEqual(leftAlone(found, true), ["site-sandbox suspended", "site-sandbox suspended"]);
  });

  it("lets CircleCI deploy, and closes the issue when all is as declared again", async () => {
    await chain.call("render", "POST", `/v1/services/${await theService()}/resume`);
    await chain.call("render", "POST", `/v1/postgres/${await theDatabase()}/resume`);
    const settings = ["delivery:image.delivery=continuous", "delivery:image.tag=sha-1"];
    await chain.succeed("config", "set-all", "--path", ...settings.flatMap((setting) => ["--plaintext", setting]));
    await chain.succeed(...UP, "--refresh", "--run-program");
    const key = await theKey();
    await chain.call("sentry", "PUT", `/api/0/projects/acme/site/keys/${key}/`, { isActive: true });
    const imageUrl = "localhost:5000/acme/site:sha-2";
    await chain.call("render", "POST", `/v1/services/${await theService()}/deploys`, { imageUrl });
    const found = await drift("--publish", "--repository", "acme/site");
    assert.equal(found.code, 0, found.report.headline);
    assert.deepEqual(leftAlone(found, false), ["sandbox isActive", "site-sandbox liveImage"]);
    assert.match(found.stderr, /The issue about drift is closed/);
    assert.deepEqual(await chain.call("github", "GET", `${REPOSITORY}/issues?labels=drift`), []);
  });

  async function theKey(): Promise<string> {
    const keys: { id: string; name: string }[] = await chain.call("sentry", "GET", "/api/0/projects/acme/site/keys/");
    return keys.find(({ name }) => name === "sandbox")?.id ?? "";
  }

  /** What people do in the services' own pages. */
  async function editEverywhere(): Promise<void> {
    const { call } = chain;
    await call("github", "PATCH", REPOSITORY, { description: "Edited", has_wiki: true });
    const [{ id }] = await call("github", "GET", `${REPOSITORY}/rulesets`);
    const ruleset = await call("github", "GET", `${REPOSITORY}/rulesets/${id}`);
    for (const rule of ruleset.rules)
      if (rule.type === "pull_request") rule.parameters.required_approving_review_count = 0;
    await call("github", "PUT", `${REPOSITORY}/rulesets/${id}`, ruleset);
    for (const path of [".circleci/config.yml", "Dockerfile"]) {
      const { sha } = await call("github", "GET", `${REPOSITORY}/contents/${path}`);
      const content = Buffer.from("# edited\n").toString("base64");
      await call("github", "PUT", `${REPOSITORY}/contents/${path}`, {
        message: "By hand",
        sha,
        branch: "main",
        content,
      });
    }
    const advanced = { forks_receive_secret_env_vars: true };
    await call("circleci", "PATCH", "/api/v2/project/gh/acme/site/settings", { advanced });
    const variable = `/api/v2/context/${await theContext()}/environment-variable/SENTRY_DSN`;
    await call("circleci", "PUT", variable, { value: PLANTED });
    const project = "/api/0/projects/acme/site/";
    await call("sentry", "PUT", project, { name: "renamed", resolveAge: 24 });
    const limited = { isActive: false, rateLimit: { window: 60, count: 1 } };
    await call("sentry", "PUT", `${project}keys/${await theKey()}/`, limited);
    const service = `/v1/services/${await theService()}`;
    await call("render", "PATCH", service, { serviceDetails: { plan: "standard", healthCheckPath: "/" } });
    await call("render", "POST", `${service}/deploys`, { imageUrl: "localhost:5000/acme/site:hotfix" });
    await call("render", "PUT", `${service}/env-vars/SENTRY_ENVIRONMENT`, { value: "elsewhere" });
    await call("render", "PUT", `${service}/env-vars/API_KEY`, { value: PLANTED });
    await call("render", "PUT", `${service}/env-vars/FOREIGN`, { value: PLANTED });
    const ipAllowList = [{ cidrBlock: "0.0.0.0/0", description: "all" }];
    const grown = { plan: "basic_1gb", diskSizeGB: 50, ipAllowList };
    await call("render", "PATCH", `/v1/postgres/${await theDatabase()}`, grown);
  }
});
