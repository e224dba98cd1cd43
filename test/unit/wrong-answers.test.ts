/** Answers of the wrong shape, at every request that the commands send while they read. */
import assert from "node:assert/strict";
import type { Around } from "../../cli/adopt/around.ts";
import { discover } from "../../cli/adopt/discover.ts";
import { checks } from "../../cli/doctor/checks/index.ts";
import { readersOf } from "../../cli/doctor/index.ts";
import { runChecks } from "../../cli/doctor/run.ts";
import { publishDrift } from "../../cli/drift/index.ts";
import { sightOf } from "../../cli/drift/sight.ts";
import { publishReport } from "../../cli/publish/publish.ts";
import { recipes } from "../../cli/recover/recipes.ts";
import { readReleases } from "../../cli/releases/releases.ts";
import type { LeftAlone } from "../../cli/report/index.ts";
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";
import { scriptedRunner } from "../../sandbox/services/render/scripted-runner.ts";
import { handMadeChain } from "../e2e/support/hand-made-chain.ts";
import { openPullRequest } from "../e2e/support/pull-request.ts";
import { sandboxConsole, type TrafficLine } from "../e2e/support/sandbox-console.ts";
import { plainReport } from "./support/plain-report.ts";

const OWNER_ID = "tea-qq7f2uo48u621ffmqj55";
const LEFT_ALONE: LeftAlone = {
  ...{ urn: "urn", service: "Sentry", kind: "Sentry key", label: "prod", path: "isActive" },
  before: { state: "known", value: true },
  after: { state: "known", value: false },
  reason: "Enable it.",
  isDrift: true,
};
/** What a program says that has not looked at what it read. */
const THOUGHTLESS =
  /is not a function|is not iterable|Cannot (read|use|convert)|undefined|\[object|Invalid (input|time)|invalid_type|Unexpected (token|end)|NaN/;
const SERVICES = { github: "GitHub", circleci: "CircleCI", sentry: "Sentry", render: "Render" } as const;

/** An answer with each of its values replaced. */
function replaced(answer: unknown, value: unknown): unknown {
  if (Array.isArray(answer)) return answer.map((item) => replaced(item, value));
  if (typeof answer !== "object" || answer === null) return value;
  return Object.fromEntries(Object.entries(answer).map(([name, inner]) => [name, replaced(inner, value)]));
}

const SHAPES: Readonly<Record<string, (answer: unknown) => unknown>> = {
  "an object in the place of each value": (answer) => replaced(answer, { "\u001b[31mred": "\u0007" }),
  "null in the place of each item or value": (answer) =>
    Array.isArray(answer) ? answer.map(() => null) : replaced(answer, null),
};

describe("answers of the wrong shape", () => {
  let services: RunningServices;
  let sandbox: ReturnType<typeof sandboxConsole>;
  let questions: Readonly<Record<string, () => Promise<readonly string[]>>>;

  before(async () => {
    services = await startServices({ dbFile: ":memory:", runner: scriptedRunner() });
    sandbox = sandboxConsole(services.console.baseUrl);
    const hand = handMadeChain({ services });
    await hand.repository();
    await hand.ruleset();
    await hand.pipeline({ restricted: true });
    const dsn = await hand.errors();
    const serviceId = await hand.site({ dsn, project: true });
    const { job } = await openPullRequest(services);
    const { env } = services;
    const { signal } = new AbortController();

    const names = { application: "site", environment: "live", owner: "acme", repository: "site", folder: "." };
    const settings: Readonly<Record<string, unknown>> = {
      "errors.project": "the-site",
      "pipeline.context": "site-secrets",
    };
    const around: Around = {
      ...{ env, signal, given: {}, names, isOffByAdoption: () => false, isInState: () => false },
      configured: (key) => settings[key],
    };
    const configuration = {
      ...{ declares: "all", application: { name: "site" }, asFound: {}, protect: false },
      repository: { name: "site", visibility: "private", ruleset: {}, autoMerge: true },
      pipeline: { organization: "gh/acme", branch: "main", context: "site-secrets", restrictContext: true },
      errors: { organization: "acme", team: "web", project: "the-site", rateLimit: { count: 1, seconds: 1 } },
      site: { name: "site-live", ownerId: OWNER_ID, plan: "standard", project: "managed" },
    };
    const facts = { configuration, owner: "acme", parts: {}, state: { value: { resources: [], pending: [] } } };
    const asked = checks.filter(({ area }) => Object.values(SERVICES).includes(area as "GitHub"));
    const inputs = {
      organization: "acme",
      repository: "site",
      project: "the-site",
      file: "Dockerfile",
      content: "",
      ownerId: OWNER_ID,
    };
    const drifted = plainReport({
      operation: "drift",
      drift: { leftAlone: [LEFT_ALONE], notes: [], unread: [], pending: [] },
    });
    const gone = (outputs: object) => [{ remembered: { outputs } }] as never;
    const context = { env: { ...env, ...job }, signal };

    questions = {
      async adopt() {
        await discover(around);
        return [];
      },
      async doctor() {
        const rows = await runChecks(asked, { facts, readers: readersOf(env, signal), env, signal } as never, 120_000);
        return rows.flatMap(({ findings }) => findings.map(({ found }) => found));
      },
      async recover() {
        const search = { providerInputs: {}, env, signal };
        const one = async (type: string, changes: object) => {
          const recipe = recipes[type];
          assert.ok(recipe && "find" in recipe, type);
          await recipe.find({ ...search, inputs: { ...inputs, ...changes } });
        };
        await one("github:index/repository:Repository", { name: "site" });
        await one("github:index/repositoryRuleset:RepositoryRuleset", { name: "main is precious" });
        await one("github:index/repositoryFile:RepositoryFile", {});
        await one("sentry:index/sentryProject:SentryProject", { slug: "the-site" });
        await one("sentry:index/sentryKey:SentryKey", { name: "Default" });
        await one("circleci:index:Project", { slug: "gh/acme/site" });
        await one("circleci:index:Context", { organization: "gh/acme", name: "site-secrets" });
        await one("circleci:index:CheckoutKey", { project: "gh/acme/site", type: "deploy-key" });
        await one("render:index:Project", { name: "Our Site" });
        await one("render:index:WebService", { name: "site-live" });
        return [];
      },
      async preview() {
        return (await publishReport(plainReport(), { context })).problems;
      },
      async drift() {
        await sightOf("GitHub", gone({ fullName: "acme/site", visibility: "private" }), { env, signal });
        await sightOf("CircleCI", gone({ organization: "gh/acme" }), { env, signal });
        await sightOf("Sentry", gone({ organization: "acme" }), { env, signal });
        await sightOf("Render", gone({ ownerId: OWNER_ID }), { env, signal });
        await publishDrift(drifted, { context });
        return [];
      },
      async releases() {
        await readReleases(serviceId, [], { env, signal });
        return [];
      },
    };
  });
  after(() => services?.close());

  /** The requests of a command that were answered with JSON, each once. */
  const requestsOf = async (ask: () => Promise<unknown>): Promise<TrafficLine[]> => {
    const before = (await sandbox.traffic()).length;
    await ask();
    const lines = (await sandbox.traffic()).slice(before);
    const answered = lines.filter(
      ({ responseBody, status }) => typeof responseBody === "object" && status !== null && status < 300,
    );
    return [...new Map(answered.map((line) => [`${line.method} ${line.path}`, line])).values()];
  };

  for (const command of ["adopt", "doctor", "recover", "preview", "drift", "releases"])
    it(`end delivery ${command} in a line that names service and request, or are tolerated`, async () => {
      const ask = questions[command] ?? assert.fail();
      const requests = await requestsOf(ask);
      assert.notEqual(requests.length, 0);
      const named = new Set<string>();
      for (const { service, method, path, responseBody, status } of requests)
        for (const [shape, wrong] of Object.entries(SHAPES)) {
          const what = `${method} ${path} with ${shape}`;
          const [plainPath = ""] = path.split("?");
          const action = { status: status ?? 200, body: wrong(responseBody) };
          await sandbox.fault({ service, method, path: plainPath, action, times: "always" });
          const told = await ask().catch((error: Error) => {
            assert.match(
              error.name,
              /^(UnreadableAnswerError|ServiceError|UserError|Error)$/,
              `${what}: ${error.stack}`,
            );
            return error.message.split("\n").slice(0, 1);
          });
          await sandbox.clearFaults();
          for (const line of told) {
            assert.doesNotMatch(line, THOUGHTLESS, `${what}: ${line}`);
            assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u, `${what}: ${JSON.stringify(line)}`);
            const name = SERVICES[service as keyof typeof SERVICES];
            if (line.includes(`${name} ${method} `) && /answered (an? \w+|nothing|null) for /.test(line))
              named.add(what);
          }
        }
      assert.notEqual(named.size, 0, "no wrong answer was noticed");
    });

  it("end delivery adopt where a service cannot be read, rather than leave it out", async () => {
    const { adopt = assert.fail() } = questions;
    const [services] = (await requestsOf(adopt)).filter(({ path }) => path.startsWith("/v1/services?"));
    const listed = services?.responseBody as { service: object }[];
    const body = listed.map((entry) => ({ ...entry, service: { ...entry.service, serviceDetails: {} } }));
    await sandbox.fault({
      service: "render",
      method: "GET",
      path: "/v1/services",
      action: { status: 200, body },
      times: "always",
    });
    await assert.rejects(
      adopt(),
      /Render GET \/services answered nothing for serviceDetails\.plan, which has to be a string/,
    );
    await sandbox.clearFaults();
  });
});
