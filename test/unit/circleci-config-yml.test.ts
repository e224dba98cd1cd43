import assert from "node:assert/strict";
import { parse } from "yaml";
import { applicationFacts } from "../../infra/application/facts.ts";
import type { PartOf } from "../../infra/config.ts";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";
import { pipelineSentryAddress } from "../../pipeline/delivery-job.ts";

interface Step {
  readonly run?: string | { readonly name: string; readonly command: string };
  readonly restore_cache?: { readonly keys: string[] };
  readonly save_cache?: { readonly key: string; readonly paths: string[] };
}

interface WorkflowJob {
  readonly name?: string;
  readonly context?: string[];
  readonly filters?: { readonly branches?: { readonly only?: string[]; readonly ignore?: string[] } };
}

interface File {
  readonly version: number;
  readonly executors?: Readonly<Record<string, { readonly docker: { readonly image: string }[] } | undefined>>;
  readonly commands?: { readonly install?: { readonly steps: readonly Step[] } };
  readonly jobs: Record<
    string,
    {
      executor?: string;
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
  buildVariables: {},
  port: 8000,
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

/** The facts of an application with these files. */
const factsOf = (files: Readonly<Record<string, string>>) =>
  applicationFacts({ paths: Object.keys(files).sort(), text: (path) => files[path] });
const RUFF = { "requirements.txt": "django", "manage.py": "", "ruff.toml": "" };

describe("circleci config.yml", () => {
  const pipeline = pipelineFile(settings, { image, errors }, { facts: factsOf(RUFF) });
  const file = parse(pipeline.yaml) as File;
  const written = (more: object, files: Readonly<Record<string, string>> = RUFF, python?: string) =>
    parse(pipelineFile({ ...settings, ...more }, { image, errors }, { facts: factsOf(files), python }).yaml) as File;
  /** What a job's steps of the shell run, one after the other. */
  const commandsOf = ({ jobs }: File, job: string): string[] =>
    (jobs[job]?.steps ?? []).flatMap((step) => {
      const run = typeof step === "object" && step.run;
      return run ? [typeof run === "string" ? run : run.command] : typeof step === "string" ? [step] : [];
    });
  const installOf = ({ commands }: File): string =>
    (commands?.install?.steps ?? [])
      .map(({ run }) => (typeof run === "object" ? run.command : (run ?? "")))
      .filter(Boolean)
      .join("\n");

  it("runs lint, tests and a check of the settings on every push, on the configured Python", () => {
    assert.equal(file.version, 2.1);
    assert.deepEqual(Object.keys(file.jobs), ["lint", "test", "settings"]);
    assert.deepEqual(file.executors?.python?.docker, [{ image: "cimg/python:3.12" }]);
    for (const job of Object.values(file.jobs)) assert.equal(job.executor, "python");
    const [workflow] = Object.values(file.workflows);
    // Without parameters: with no filter, and with no context that somebody may not use.
    assert.deepEqual(workflow?.jobs.slice(0, 3), ["lint", "test", "settings"]);
  });

  it("runs the Python of the Dockerfile, unless told otherwise", () => {
    const { pythonVersion, ...others } = settings;
    const yaml = (more: object) => pipelineFile({ ...others, ...more }, { image, errors }, { python: "3.14" }).yaml;
    assert.match(yaml({}), /cimg\/python:3\.14\n/);
    assert.match(yaml({ pythonVersion }), /cimg\/python:3\.12\n/);
  });

  it("requires exactly the checks that its jobs report", () => {
    const reported = Object.keys(file.jobs).map((job) => `ci/circleci: ${job}`);
    assert.deepEqual(pipeline.requiredChecks, reported);
  });

  it("caches dependencies by the files that decide them", () => {
    const steps = file.commands?.install?.steps ?? [];
    const restored = steps.find((step) => step.restore_cache)?.restore_cache;
    const saved = steps.find((step) => step.save_cache)?.save_cache;
    assert.equal(restored?.keys[0], saved?.key);
    assert.match(saved?.key ?? "", /checksum "requirements\.txt"/);
    assert.ok(restored?.keys.slice(1).every((key) => saved?.key.startsWith(key)));
  });

  it("lints only what the team lints", () => {
    assert.deepEqual(commandsOf(file, "lint"), ["checkout", "pip install ruff==0.17.6", "ruff check ."]);
    assert.deepEqual(Object.keys(written({}, { "requirements.txt": "" }).jobs), ["test", "settings"]);
    const flake8 = written({}, { "requirements.txt": "flake8==7.1.0", ".flake8": "" });
    assert.deepEqual(commandsOf(flake8, "lint"), ["checkout", "install", "flake8"]);
  });

  it("tests with Django's runner, or with pytest where it is configured", () => {
    assert.deepEqual(commandsOf(file, "test"), ["checkout", "install", "python manage.py test"]);
    const pytest = { "pytest.ini": "", "requirements.txt": "django", "requirements-dev.txt": "pytest-django\npytest" };
    const { jobs, commands } = written({}, pytest);
    assert.deepEqual(commandsOf(written({}, pytest), "test"), [
      "checkout",
      "install",
      "pytest --junitxml=test-results/junit.xml",
    ]);
    assert.deepEqual(jobs["test"]?.steps.at(-1), { store_test_results: { path: "test-results" } });
    assert.match(JSON.stringify(commands), /pip install -r requirements\.txt -r requirements-dev\.txt/);
    assert.match(
      installOf(written({}, { "pytest.ini": "", "requirements.txt": "django" })),
      /pip install pytest pytest-django/,
    );
  });

  it("gives the checks a throw-away key under the name by which the settings ask for it", () => {
    const files = (line: string) => ({
      "requirements.txt": "",
      "manage.py": 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")',
      "site/settings.py": `import os\n${line}\n`,
    });
    const keys = (line: string) => Object.keys(written({}, files(line)).jobs["test"]?.environment ?? {}).sort();
    assert.deepEqual(keys('SECRET_KEY = os.environ["SECRET_KEY"]'), ["DJANGO_SECRET_KEY", "SECRET_KEY"]);
    assert.deepEqual(keys('SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]'), ["DJANGO_SECRET_KEY"]);
  });

  it("starts Django's commands where manage.py is", () => {
    const src = written({}, { "requirements.txt": "", "src/manage.py": "" });
    assert.deepEqual(commandsOf(src, "test").at(-1), "cd src && python manage.py test");
    assert.deepEqual(commandsOf(src, "settings").at(-1), "cd src && python manage.py check --deploy");
  });

  for (const [tool, files, command] of [
    ["uv", { "uv.lock": "", "pyproject.toml": "" }, "uv sync --frozen"],
    ["Poetry", { "poetry.lock": "", "pyproject.toml": "" }, "poetry install --no-root"],
    ["Pipenv", { Pipfile: "", "Pipfile.lock": "" }, "pipenv sync --dev"],
    ["Pipenv without a lock file", { Pipfile: "" }, "pipenv install --dev"],
    ["pip", { "requirements/test.txt": "" }, "pip install -r requirements/test.txt"],
    ["a plain pyproject.toml", { "pyproject.toml": "[project]" }, "uv sync"],
  ] as const)
    it(`installs with ${tool}`, () => {
      assert.ok(installOf(written({}, files)).includes(command));
    });

  it("takes the team's own steps and jobs", () => {
    const own = written({
      install: ["make venv"],
      jobs: {
        test: { steps: ["make test", { name: "Coverage", command: "make coverage" }], install: true },
        settings: "off",
        types: { steps: ["mypy << 'x'"], install: false },
      },
    });
    assert.deepEqual(Object.keys(own.jobs), ["lint", "test", "types"]);
    assert.deepEqual(commandsOf(own, "test"), ["checkout", "install", "make test", "make coverage"]);
    assert.deepEqual(commandsOf(own, "types"), ["checkout", "mypy \\<< 'x'"]);
    assert.equal(installOf(own), "make venv");
  });

  it("runs services of the configured versions beside the tests, and says where they are", () => {
    const own = written({
      services: { postgres: "17.5", redis: "7.4", docker: [{ image: "cimg/mysql:8.0", command: ["--x"], name: "db" }] },
      variables: { DATABASE_URL: "postgres://other", API_KEY: "a<<b" },
    });
    assert.deepEqual(
      own.executors?.["python-with-services"]?.docker.map(({ image }) => image),
      ["cimg/python:3.12", "cimg/postgres:17.5", "cimg/redis:7.4", "cimg/mysql:8.0"],
    );
    assert.deepEqual([own.jobs["test"]?.executor, own.jobs["lint"]?.executor], ["python-with-services", "python"]);
    assert.deepEqual(own.jobs["test"]?.environment, {
      DJANGO_SECRET_KEY: "only-for-tests",
      DATABASE_URL: "postgres://other",
      REDIS_URL: "redis://localhost:6379/0",
      API_KEY: "a\\<<b",
    });
  });

  it("checks the settings that the environment runs with", () => {
    const application = { name: "site", path: "../site", settingsModule: "config.settings.production" };
    const { jobs } = parse(pipelineFile(settings, { application, image, errors }).yaml) as File;
    assert.equal(jobs["settings"]?.environment?.["DJANGO_SETTINGS_MODULE"], "config.settings.production");
    assert.equal(jobs["test"]?.environment?.["DJANGO_SETTINGS_MODULE"], undefined);
  });

  it("is short, and says what is not plain from its keys", () => {
    assert.ok(pipeline.yaml.split("\n").length < 70, pipeline.yaml);
    assert.match(pipeline.yaml, /# Throw-away values.*\n +environment:/);
    assert.doesNotMatch(pipeline.yaml, /setup: false|automatically generated|\{\}/);
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
    typeof step === "object" && typeof step.run === "object" ? [step.run] : [],
  );

  it("delivers each commit of the default branch, once its checks have passed, one after the other", () => {
    assert.deepEqual(file.workflows["checks"]?.jobs.at(-1), {
      deliver: {
        requires: ["test", "settings", "environment-settings"],
        context: ["site-prod"],
        filters: { branches: { only: ["master"] } },
        "serial-group": "site-prod/deliver",
      },
    });
  });

  it("requires of a pull request only the checks that run there", () => {
    assert.deepEqual(pipeline.requiredChecks, ["ci/circleci: test", "ci/circleci: settings"]);
  });

  it("builds, deploys, then registers the release", () => {
    assert.deepEqual(
      commands.map(({ name }) => name),
      ["Build and push the image", "Deploy it and wait until it serves", "Register the release"],
    );
    const { DELIVERY_SENDER, IGNORE_FIRST, IGNORE_BY_DEFAULT, IGNORE_LAST, ...environment } =
      file.jobs["deliver"]?.environment ?? {};
    assert.match(DELIVERY_SENDER ?? "", /^delivery\/\d/);
    assert.match(
      `${IGNORE_FIRST} ${IGNORE_BY_DEFAULT} ${IGNORE_LAST}`,
      /^\S+( \S+)* \*\*\/__pycache__ \S+( \S+)* \*\*\/\.git /,
    );
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
    const build = job?.steps.find(
      (step) => typeof step !== "string" && typeof step.run === "object" && step.run.name.startsWith("Build"),
    );
    const command = typeof build === "object" && typeof build.run === "object" ? build.run.command : "";
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
