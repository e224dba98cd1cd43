import assert from "node:assert/strict";
import { parse } from "yaml";
import type { PartOf } from "../../infra/config.ts";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";
import { pipelineSentryAddress } from "../../pipeline/delivery-job.ts";

interface Step {
  readonly run?: { readonly name: string; readonly command: string; readonly when?: string };
  readonly restore_cache?: { readonly keys: string[] };
  readonly save_cache?: { readonly key: string; readonly paths: string[] };
  readonly store_test_results?: { readonly path: string };
}

interface WorkflowJob {
  readonly name?: string;
  readonly context?: string[];
  readonly filters?: { readonly branches?: { readonly only?: string[]; readonly ignore?: string[] } };
}

interface File {
  readonly version: number;
  readonly jobs: Record<
    string,
    {
      docker: { image: string }[];
      steps: (Step | string)[];
      environment?: Record<string, string>;
      working_directory?: string;
    }
  >;
  readonly workflows: Record<string, { jobs: (string | Record<string, WorkflowJob>)[] }>;
}

const settings = {
  organization: "gh/acme",
  context: "site-prod",
  contextVariables: "managed" as const,
  restrictContext: true,
  pythonVersion: "3.12",
  branch: "master",
};
const image: PartOf<"image"> = {
  delivery: "build",
  hold: false,
  repository: "ghcr.io/acme/site",
  username: "acme",
  platforms: ["linux/amd64"],
  buildArguments: {},
  labels: {},
  secrets: {},
};
const errors: PartOf<"errors"> = {
  organization: "acme",
  team: "web",
  project: "site",
  platform: "python-django",
};
const continuous: PartOf<"image"> = { ...image, delivery: "continuous", tag: "v1" };

describe("circleci config.yml", () => {
  const pipeline = pipelineFile(settings, { image, errors });
  const file = parse(pipeline.yaml) as File;
  const steps = (job: string): Step[] =>
    (file.jobs[job]?.steps ?? []).filter((step): step is Step => typeof step !== "string");

  it("runs lint, tests and a check of the settings on every push, on the configured Python", () => {
    assert.equal(file.version, 2.1);
    assert.deepEqual(Object.keys(file.jobs), ["lint", "test", "settings"]);
    for (const job of Object.values(file.jobs)) assert.equal(job.docker[0]?.image, "cimg/python:3.12");
    const [workflow] = Object.values(file.workflows);
    // Without parameters: with no filter, and with no context that somebody may not use.
    assert.deepEqual(workflow?.jobs.slice(0, 3), ["lint", "test", "settings"]);
  });

  it("requires exactly the checks that its jobs report", () => {
    const reported = Object.keys(file.jobs).map((job) => `ci/circleci: ${job}`);
    assert.deepEqual(pipeline.requiredChecks, reported);
  });

  it("caches dependencies by requirements.txt", () => {
    const restored = steps("test").find((step) => step.restore_cache)?.restore_cache;
    const saved = steps("test").find((step) => step.save_cache)?.save_cache;
    assert.equal(restored?.keys[0], saved?.key);
    assert.match(saved?.key ?? "", /checksum "requirements\.txt"/);
    assert.ok(restored?.keys.slice(1).every((key) => saved?.key.startsWith(key)));
  });

  it("stores the results of tests that fail, too", () => {
    const order = steps("test").map((step) => step.run?.name ?? Object.keys(step)[0]);
    assert.deepEqual(order.slice(-3), ["Test", "Collect results", "store_test_results"]);
    assert.equal(steps("test").find((step) => step.run?.name === "Collect results")?.run?.when, "always");
  });

  it("neither builds nor deploys", () => {
    assert.doesNotMatch(pipeline.yaml, /docker build|docker push|setup_remote_docker|api\.render\.com/);
  });

  it("takes from the context what it says that it takes", () => {
    const job = Object.values(file.workflows)[0]?.jobs.at(-1);
    assert.partialDeepStrictEqual(job, { settings: { name: "environment-settings", context: ["site-prod"] } });
    assert.deepEqual(pipeline.contextVariables, ["SENTRY_DSN", "SENTRY_ENVIRONMENT"]);
  });

  it("requires no check of a fork's pull request that CircleCI could not report", () => {
    for (const delivered of [image, continuous]) {
      const { yaml, requiredChecks } = pipelineFile(settings, { image: delivered, errors });
      const jobs = (parse(yaml) as File).workflows["checks"]?.jobs ?? [];
      const withContext = jobs.flatMap((job) => (typeof job === "string" ? [] : Object.entries(job)));
      for (const [name, { context, name: given = name, filters }] of withContext) {
        assert.deepEqual(context, ["site-prod"]);
        assert.ok(!requiredChecks.includes(`ci/circleci: ${given}`), `${given} is not required`);
        const { only, ignore } = filters?.branches ?? {};
        const runsOn = (branch: string): boolean =>
          only
            ? only.includes(branch)
            : !ignore?.some((pattern) => new RegExp(`^${pattern.slice(1, -1)}$`).test(branch));
        assert.deepEqual([runsOn("pull/12"), runsOn("master")], [false, true], `${given} is left out of forks' builds`);
      }
      assert.equal(withContext.length, delivered === continuous ? 2 : 1);
    }
  });

  it("takes nothing from a context that is off, and no Sentry variables when Sentry is off", () => {
    const without = pipelineFile({ ...settings, context: undefined }, { image: continuous, errors });
    assert.deepEqual(without.contextVariables, []);
    assert.doesNotMatch(without.yaml, /context/);
    assert.deepEqual(pipelineFile(settings, { image, errors: undefined }).contextVariables, []);
  });

  it("says at its top that it is written by the chain", () => {
    assert.match(pipeline.yaml, /^# Written by the delivery chain/);
  });
});

describe("circleci config.yml in mode continuous", () => {
  const pipeline = pipelineFile(settings, { image: continuous, errors });
  const file = parse(pipeline.yaml) as File;
  const commands = (file.jobs["deliver"]?.steps ?? []).flatMap((step) =>
    typeof step !== "string" && step.run ? [step.run] : [],
  );

  it("delivers each commit of the default branch, once its checks have passed, one after the other", () => {
    assert.deepEqual(file.workflows["checks"]?.jobs.at(-1), {
      deliver: {
        requires: ["lint", "test", "settings", "environment-settings"],
        context: ["site-prod"],
        filters: { branches: { only: ["master"] } },
        "serial-group": "site-prod/deliver",
      },
    });
  });

  it("requires of a pull request only the checks that run there", () => {
    assert.deepEqual(pipeline.requiredChecks, ["ci/circleci: lint", "ci/circleci: test", "ci/circleci: settings"]);
  });

  it("builds, deploys, then registers the release", () => {
    assert.deepEqual(
      commands.map(({ name }) => name),
      ["Build and push the image", "Deploy it and wait until it serves", "Register the release"],
    );
    const { DELIVERY_SENDER, ...environment } = file.jobs["deliver"]?.environment ?? {};
    assert.match(DELIVERY_SENDER ?? "", /^delivery\/\d/);
    assert.deepEqual(environment, {
      IMAGE_REPOSITORY: "ghcr.io/acme/site",
      REGISTRY: "ghcr.io",
      SENTRY_ORG: "acme",
      SENTRY_PROJECT: "site",
    });
  });

  it("uses no variable that neither CircleCI, the job nor its context sets", () => {
    const used = commands.flatMap(({ command }) => [...command.matchAll(/\$\{?([A-Z][A-Z_0-9]+)(:-)?/g)]);
    const optional = new Set(used.filter(([, , fallback]) => fallback).map(([, name]) => name));
    const required = new Set(used.map(([, name = ""]) => name).filter((name) => !optional.has(name)));
    const given = [...pipeline.contextVariables, ...Object.keys(file.jobs["deliver"]?.environment ?? {})];
    const known = new Set([...given, "CIRCLE_SHA1", "SECONDS"]);
    assert.deepEqual(
      [...required].filter((name) => !known.has(name)),
      [],
    );
    assert.deepEqual(
      pipeline.contextVariables.filter((name) => name !== "SENTRY_DSN" && !used.some(([, found]) => found === name)),
      [],
    );
  });

  it("passes the build's settings on, whatever stands in them", () => {
    const strange = { ...continuous, buildArguments: { GREETING: "it's << here" }, target: "web" };
    const { yaml } = pipelineFile(settings, { image: strange, errors });
    const job = (parse(yaml) as File).jobs["deliver"];
    const build = job?.steps.find((step) => typeof step !== "string" && step.run?.name.startsWith("Build"));
    const command = typeof build === "object" ? (build.run?.command ?? "") : "";
    assert.match(command, /^set -- --platform linux\/amd64 --build-arg 'GREETING=it'\\''s \\<< here'\n/);
    assert.equal(job?.environment?.["BUILD_TARGET"], "web");
  });

  it("labels the image and keeps its layers as `pulumi up` does", () => {
    const more = { ...continuous, labels: { team: "web" }, cache: "acme/site:cache" };
    const { yaml } = pipelineFile(settings, { image: more, errors });
    assert.match(yaml, /--label team=web --cache-from=type=registry,ref=acme\/site:cache --cache-to=\S+mode=max/);
    assert.match(yaml, /--cache-to=\S*ignore-error=true/);
  });

  it("takes a variable that holds its deploys while they are held, and is otherwise the same file", () => {
    const held = pipelineFile(settings, { image: { ...continuous, hold: true }, errors });
    assert.equal(held.yaml, pipeline.yaml);
    assert.deepEqual(held.contextVariables, [...pipeline.contextVariables, "DELIVERY_HOLD"]);
  });

  it("builds the configured Dockerfile in the application's folder", () => {
    const places = { workingDirectory: "services/site", dockerfile: "../docker/web.Dockerfile" };
    const { yaml } = pipelineFile(settings, { image: continuous, errors }, places);
    const { jobs } = parse(yaml) as File;
    for (const job of Object.values(jobs)) {
      assert.equal(job.working_directory, "~/project/services/site");
      assert.deepEqual(job.steps[0], { checkout: { path: "~/project" } });
    }
    assert.equal(jobs["deliver"]?.environment?.["DOCKERFILE"], "../docker/web.Dockerfile");
  });

  it("registers the release with a Sentry of one's own", () => {
    const sentryAddress = pipelineSentryAddress({ SENTRY_BASE_URL: "https://sentry.acme.example/api/" });
    const { yaml } = pipelineFile(settings, { image: continuous, errors }, { sentryAddress });
    const { environment } = (parse(yaml) as File).jobs["deliver"] ?? {};
    assert.equal(environment?.["SENTRY_BASE_URL"], "https://sentry.acme.example");
  });

  for (const [SENTRY_BASE_URL, CI_SENTRY_BASE_URL, address] of [
    [undefined, undefined, undefined],
    ["https://sentry.io/", undefined, undefined],
    ["https://sentry.io/api/", undefined, undefined],
    ["https://sentry.acme.example/sentry/", undefined, "https://sentry.acme.example/sentry"],
    ["http://127.0.0.1:8080/", "https://sentry.acme.example", "https://sentry.acme.example"],
    ["https://sentry.acme.example", "https://sentry.io/", undefined],
    ["not an address", undefined, undefined],
  ] as const)
    it(`takes ${address} for ${SENTRY_BASE_URL} here and ${CI_SENTRY_BASE_URL} there`, () => {
      assert.equal(pipelineSentryAddress({ SENTRY_BASE_URL, CI_SENTRY_BASE_URL }), address);
    });

  it("needs no login for a registry that needs none, and registers no release when Sentry is off", () => {
    const bare = pipelineFile(settings, { image: { ...continuous, username: undefined }, errors: undefined });
    assert.deepEqual(bare.contextVariables, ["RENDER_API_KEY", "RENDER_SERVICE_ID"]);
    assert.doesNotMatch(bare.yaml, /Register the release/);
  });
});
