/** Answers of CircleCI in which one field is of another type, at every request that commands make. */
import assert from "node:assert/strict";
import type { Around } from "../../cli/adopt/around.ts";
import { nothing } from "../../cli/adopt/finding.ts";
import { findPipeline } from "../../cli/adopt/services/circleci.ts";
import { recipes } from "../../cli/recover/recipes.ts";
import type { Call } from "../../sandbox/services/core/traffic.ts";
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";

const PIPELINE = "workflows: { all: { jobs: [{ test: { context: [site-production] } }] } }";
describe("an answer of CircleCI with a field of another type", function () {
  this.timeout(900_000);
  let services: RunningServices;
  const ids: Record<string, string> = {};

  before(async () => {
    services = await startServices({ dbFile: ":memory:" });
    await send("POST", "/api/v1.1/project/github/acme/site/follow", {});
    const owner = { slug: "gh/acme", type: "organization" };
    ids["context"] = (await send("POST", "/api/v2/context", { name: "site-production", owner }))["id"] ?? "";
    const context = `/api/v2/context/${ids["context"]}`;
    await send("PUT", `${context}/environment-variable/TOKEN`, { value: "1" });
    await send("POST", `${context}/restrictions`, { restriction_type: "expression", restriction_value: "true" });
    await send("POST", "/api/v2/project/gh/acme/site/checkout-key", { type: "deploy-key" });
    await send("POST", "/api/v2/project/gh/acme/site/envvar", { name: "DSN", value: "12345" });
    const [, app] = (await send("GET", "/api/v2/me/collaborations")) as unknown as { id: string }[];
    ids["app"] = app?.id ?? "";
    ids["project"] = (await send("POST", `/api/v2/organization/${app?.id}/project`, { name: "shop" }))["id"] ?? "";
    const source = { provider: "github_app", repo: { external_id: "12345" } };
    const definitions = `/api/v2/projects/${ids["project"]}/pipeline-definitions`;
    const definition = { name: "build", config_source: { ...source, file_path: "a.yml" }, checkout_source: source };
    ids["definition"] = (await send("POST", definitions, definition))["id"] ?? "";
    const trigger = { event_source: source, event_preset: "all-pushes" };
    await send("POST", `${definitions}/${ids["definition"]}/triggers`, trigger);
  });
  after(() => services.close());

  const signal = new AbortController().signal;
  const send = async (method: string, path: string, body?: object): Promise<Record<string, string>> => {
    const headers = { "circle-token": services.env["CIRCLE_TOKEN"] ?? "", "content-type": "application/json" };
    const url = `${services.services.circleci.baseUrl}${path}`;
    const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}`);
    return (await answer.json()) as Record<string, string>;
  };
  const sandbox = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${services.console.baseUrl}/_sandbox${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  /** Paths of the requests that some work makes, each once. */
  const requestsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const calls = async (): Promise<Call[]> =>
      (await (await sandbox("GET", "/traffic?service=circleci")).text())
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Call);
    const before = (await calls()).length;
    await work();
    return [...new Set((await calls()).slice(before).map(({ path }) => path))];
  };

  const adopt = async () => {
    const around: Around = {
      env: services.env,
      signal,
      given: {},
      names: { application: "site", environment: "production", owner: "acme", repository: "site", folder: "." },
      configured: () => undefined,
      isOffByAdoption: () => false,
      isInState: () => false,
    };
    const repository = { ...nothing("repository", "not asked"), fullName: "acme/site", defaultBranch: "main" };
    return await findPipeline(around, { ...repository, pipeline: PIPELINE });
  };
  const recover = (type: string, inputs: () => object) => async () => {
    const recipe = recipes[`circleci:index:${type}`];
    assert.ok(recipe && "find" in recipe);
    return await recipe.find({ inputs: { ...inputs() }, providerInputs: {}, env: services.env, signal });
  };
  const works: Readonly<Record<string, () => Promise<unknown>>> = {
    "delivery adopt": adopt,
    "delivery recover, Project": recover("Project", () => ({ slug: "gh/acme/site" })),
    "delivery recover, App project": recover("Project", () => ({ organization: ids["app"], name: "shop" })),
    "delivery recover, Context": recover("Context", () => ({ organization: "gh/acme", name: "site-production" })),
    "delivery recover, ContextVariable": recover("ContextVariable", () => ({ contextId: ids["context"], name: "A" })),
    "delivery recover, ContextRestriction": recover("ContextRestriction", () => ({
      ...{ contextId: ids["context"], type: "expression", value: "true" },
    })),
    "delivery recover, CheckoutKey": recover("CheckoutKey", () => ({ project: "gh/acme/site", type: "deploy-key" })),
    "delivery recover, ProjectVariable": recover("ProjectVariable", () => ({ project: "gh/acme/site", name: "DSN" })),
    "delivery recover, PipelineDefinition": recover("PipelineDefinition", () => ({
      ...{ projectId: ids["project"], name: "build" },
    })),
    "delivery recover, Trigger": recover("Trigger", () => ({
      ...{ projectId: ids["project"], definitionId: ids["definition"], provider: "github_app" },
    })),
  };
  for (const [command, work] of Object.entries(works))
    it(`is one line that names request and field, or does not matter: ${command}`, async () => {
      let refused = 0;
      for (const path of await requestsOf(work)) {
        const body = await send("GET", path);
        for (const changed of variants(body)) {
          await sandbox("POST", "/faults", {
            service: "circleci",
            method: "GET",
            path: path.split("?")[0],
            action: { status: 200, body: changed.body },
          });
          const message = await work().then(
            () => undefined,
            (error: Error) => error.message,
          );
          await sandbox("DELETE", "/faults");
          if (message === undefined) continue;
          refused += 1;
          const request = `CircleCI GET ${path.split("?")[0]} answered `;
          assert.ok(message.startsWith(request), `${message} names ${request}`);
          assert.ok(message.includes(` for ${changed.field}`), `${message} names ${changed.field}`);
          assert.doesNotMatch(message, /\n|Zod|invalid_type|expected| {4}at /);
        }
      }
      assert.ok(refused > 0, "some field is needed");
    });
});

/** What no field is read as that is read as this. */
function wrongFor(value: unknown): unknown {
  return typeof value === "object" && value !== null ? 7.5 : { unexpected: [true] };
}

/** Copies of a body, each with one field replaced, and the field's name. */
function variants(body: unknown): { field: string; body: unknown }[] {
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => {
    const name = Array.isArray(body) ? `[${key}]` : key;
    const put = (inner: unknown): unknown =>
      Array.isArray(body) ? body.with(Number(key), inner) : { ...body, [key]: inner };
    const below = variants(value).map(({ field, body: inner }) => ({
      field: `${name}${field.startsWith("[") ? "" : "."}${field}`,
      body: put(inner),
    }));
    return [{ field: name, body: put(wrongFor(value)) }, ...below];
  });
}
