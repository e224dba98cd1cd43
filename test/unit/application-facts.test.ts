import assert from "node:assert/strict";
import { join } from "node:path";
import { applicationFacts } from "../../infra/application/facts.ts";
import { readApplicationFiles } from "../../infra/application/files.ts";
import { pythonArgument, pythonOf } from "../../infra/application/python-version.ts";
import { projectRoot } from "../../lib/project-folder.ts";
import { makeFolder, removeFolder } from "./support/configuration.ts";

type Files = Readonly<Record<string, string>>;

const factsOf = (files: Files) => applicationFacts({ paths: Object.keys(files).sort(), text: (path) => files[path] });

describe("application's facts", () => {
  const tools: [what: string, files: Files, tool: string | undefined, decisive: string[]][] = [
    ["nothing", { "manage.py": "" }, undefined, []],
    ["pip", { "requirements.txt": "django" }, "pip", ["requirements.txt"]],
    [
      "pip with requirements for tests",
      { "requirements.txt": "django", "requirements-dev.txt": "pytest" },
      "pip",
      ["requirements.txt", "requirements-dev.txt"],
    ],
    [
      "pip with requirements for tests that include the others",
      {
        "requirements/base.txt": "django",
        "requirements/local.txt": "-r base.txt\npytest",
        "requirements/production.txt": "-r base.txt",
      },
      "pip",
      ["requirements/local.txt"],
    ],
    [
      "pip with requirements for tests and for a desk",
      {
        "requirements/test.txt": "-r ./base.txt",
        "requirements/local.txt": "-r base.txt",
        "requirements/base.txt": "django",
      },
      "pip",
      ["requirements/test.txt"],
    ],
    ["pip with a file of its own naming", { "requirements/web.txt": "django" }, "pip", ["requirements/web.txt"]],
    ["uv", { "uv.lock": "", "pyproject.toml": "[project]" }, "uv", ["uv.lock", "pyproject.toml"]],
    [
      "uv that also exports requirements",
      { "uv.lock": "", "pyproject.toml": "", "requirements.txt": "" },
      "uv",
      ["uv.lock", "pyproject.toml"],
    ],
    ["Poetry", { "poetry.lock": "", "pyproject.toml": "[tool.poetry]" }, "poetry", ["poetry.lock", "pyproject.toml"]],
    ["Poetry without a lock file", { "pyproject.toml": "[tool.poetry]\nname = 'x'" }, "poetry", ["pyproject.toml"]],
    ["Pipenv", { Pipfile: "", "Pipfile.lock": "{}" }, "pipenv", ["Pipfile.lock", "Pipfile"]],
    ["a plain pyproject.toml", { "pyproject.toml": "[project]\nname = 'x'" }, "pyproject", ["pyproject.toml"]],
    ["a pyproject.toml of settings only", { "pyproject.toml": "[tool.ruff]\nline-length = 100" }, undefined, []],
    ["a pyproject.toml that is not valid", { "pyproject.toml": "[project" }, undefined, []],
  ];
  for (const [what, files, tool, decisive] of tools)
    it(`tell of ${what}`, () => {
      const facts = factsOf(files);
      assert.deepEqual([facts.tool, facts.files], [tool, decisive]);
    });

  it("have what is depended on by name, with the version that is pinned", () => {
    const declared = (files: Files) => Object.fromEntries(factsOf(files).declared);
    assert.deepEqual(
      declared({ "requirements.txt": "Django==5.2 # web\n# no\n-r base/all.txt\npsycopg[binary] >= 3\n\n--hash=x" }),
      {
        django: "5.2",
        psycopg: undefined,
      },
    );
    assert.deepEqual(
      declared({
        "pyproject.toml": `
          [project]
          dependencies = ["django==5.2"]
          optional-dependencies = { test = ["pytest"] }
          [dependency-groups]
          dev = ["ruff==0.9.1", { include-group = "test" }]`,
      }),
      { django: "5.2", pytest: undefined, ruff: "0.9.1" },
    );
    assert.deepEqual(
      declared({
        "poetry.lock": "",
        "pyproject.toml":
          '[tool.poetry.dependencies]\npython = "^3.12"\n[tool.poetry.group.dev.dependencies]\nruff = "0.9.1"\nflake8 = { version = "^7" }',
      }),
      { python: undefined, ruff: "0.9.1", flake8: undefined },
    );
    assert.deepEqual(declared({ Pipfile: '[packages]\ndjango = "*"\n[dev-packages]\nflake8 = "==7.1.0"' }), {
      django: undefined,
      flake8: "7.1.0",
    });
  });

  const runners: [files: Files, runner: string][] = [
    [{ "manage.py": "" }, "django"],
    [{ "conftest.py": "", "requirements.txt": "pytest" }, "django"],
    [{ "pytest.ini": "" }, "pytest"],
    [{ "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-q'" }, "pytest"],
    [{ "pyproject.toml": "[tool.coverage]" }, "django"],
    [{ "setup.cfg": "[tool:pytest]\naddopts = -q" }, "pytest"],
    [{ "setup.cfg": "[metadata]" }, "django"],
    [{ "tox.ini": "[tox]\n[pytest]" }, "pytest"],
    [{ "tox.ini": "[testenv]\ncommands = pytest" }, "django"],
  ];
  for (const [files, runner] of runners)
    it(`take ${runner} as the test runner of ${JSON.stringify(files)}`, () => {
      assert.equal(factsOf(files).testRunner, runner);
    });

  const linters: [files: Files, linters: string[]][] = [
    [{ "manage.py": "", "requirements.txt": "ruff" }, []],
    [{ "ruff.toml": "" }, ["ruff"]],
    [{ "pyproject.toml": "[tool.ruff]" }, ["ruff"]],
    [{ ".flake8": "[flake8]" }, ["flake8"]],
    [{ "setup.cfg": "[flake8]\nmax-line-length = 100" }, ["flake8"]],
    [{ "tox.ini": "[flake8]", "ruff.toml": "" }, ["ruff", "flake8"]],
    [{ "ruff.toml": "", "requirements.txt": "ruff==0.9.1" }, ["ruff 0.9.1"]],
    [
      {
        ".pre-commit-config.yaml":
          "repos:\n- repo: https://a\n  rev: 1.0\n  hooks:\n  - id: black\n- repo: https://b\n  rev: v0.9.2\n  hooks:\n  - id: ruff\n",
      },
      ["ruff 0.9.2"],
    ],
  ];
  for (const [files, expected] of linters)
    it(`take ${expected.join(" and ") || "no linter"} for ${JSON.stringify(files)}`, () => {
      const found = factsOf(files).linters.map(({ name, version }) => (version ? `${name} ${version}` : name));
      assert.deepEqual(found, expected);
    });

  it("have manage.py and its settings, wherever it is", () => {
    const text = 'os.environ.setdefault(\n    "DJANGO_SETTINGS_MODULE", "config.settings.local"\n)';
    const facts = factsOf({ "backend/src/manage.py": "", "src/manage.py": text });
    assert.deepEqual([facts.manage, facts.settingsModule], ["src/manage.py", "config.settings.local"]);
    assert.equal(factsOf({}).manage, undefined);
  });

  it("are read from a folder, without what others put there", async () => {
    const folder = await makeFolder({
      "src/manage.py": "",
      ".circleci/config.yml": "",
      ".venv/lib/manage.py": "",
      "node_modules/x/requirements.txt": "",
      "a/b/c/d/manage.py": "",
    });
    try {
      assert.deepEqual(readApplicationFiles(folder).paths, [".circleci/config.yml", "src/manage.py"]);
      assert.deepEqual(readApplicationFiles(join(folder, "absent")).paths, []);
    } finally {
      await removeFolder(folder);
    }
  });

  it("of the sandbox's site are those of a plain project", () => {
    const facts = applicationFacts(readApplicationFiles(join(projectRoot, "sandbox", "app")));
    assert.deepEqual([facts.tool, facts.manage, facts.testRunner, facts.linters], ["pip", "manage.py", "django", []]);
  });

  const pythons: [dockerfile: string, python: string | undefined, given?: Record<string, string>][] = [
    ["FROM python:3.13-slim", "3.13"],
    [
      "FROM docker.io/library/python:3.11.9@sha256:0000000000000000000000000000000000000000000000000000000000000000",
      "3.11",
    ],
    ["ARG PYTHON_IMAGE=python:3.12.12-slim-bookworm\nFROM ${PYTHON_IMAGE}", "3.12"],
    ["ARG PYTHON_IMAGE=python:3.12\nFROM $PYTHON_IMAGE", "3.14", { PYTHON_IMAGE: "python:3.14-slim" }],
    ["ARG VERSION=3.13\nFROM --platform=linux/amd64 python:${VERSION}-slim AS base\nFROM base", "3.13"],
    ["FROM python:${VERSION:-3.10}-slim", "3.10"],
    ["FROM node:22 AS assets\nFROM python:3.12", "3.12"],
    ["FROM ghcr.io/astral-sh/uv:debian", undefined],
    ["", undefined],
  ];
  for (const [dockerfile, python, given] of pythons)
    it(`take ${python} for ${JSON.stringify(dockerfile)}`, () => {
      assert.equal(pythonOf(dockerfile, given), python);
    });

  const DOCKERFILE = "ARG PYTHON_IMAGE=python:3.12.12-slim-bookworm\nFROM ${PYTHON_IMAGE}\n";
  const builds: [version: string | undefined, dockerfile: string, built: object][] = [
    [undefined, DOCKERFILE, {}],
    ["3.12", DOCKERFILE, {}],
    ["3.13", DOCKERFILE, { PYTHON_IMAGE: "python:3.13-slim-bookworm" }],
    ["3.12.4", DOCKERFILE, { PYTHON_IMAGE: "python:3.12.4-slim-bookworm" }],
    [
      "3.13",
      'ARG PYTHON_IMAGE="ghcr.io/acme/python:3.12"\nFROM $PYTHON_IMAGE',
      { PYTHON_IMAGE: "ghcr.io/acme/python:3.13" },
    ],
    ["3.13", "FROM python:3.12", {}],
  ];
  for (const [version, dockerfile, built] of builds)
    it(`build ${JSON.stringify(dockerfile)} on ${version} by ${JSON.stringify(built)}`, () => {
      assert.deepEqual(pythonArgument(dockerfile, version), built);
    });
});
