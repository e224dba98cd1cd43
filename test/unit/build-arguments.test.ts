import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  declaredArguments,
  detectedArguments,
  firstDockerfile,
  isOwnDockerfile,
} from "../../infra/application/build-arguments.ts";
import { applicationFacts } from "../../infra/application/facts.ts";
import { readApplicationFiles } from "../../infra/application/files.ts";
import { projectRoot } from "../../lib/project-folder.ts";
import { loadWith, makeFolder, removeFolder } from "./support/configuration.ts";

type Files = Readonly<Record<string, string>>;

const DOCKERFILE = readFileSync(join(projectRoot, "Dockerfile"), "utf8");
const SETTINGS = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "static"\n';
const manage = (settings: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")`;
/** What startproject makes. */
const started = (folder = "config", root = ""): Files => ({
  [`${root}manage.py`]: manage(`${folder}.settings`),
  [`${root}${folder}/settings.py`]: `${SETTINGS}WSGI_APPLICATION = "${folder}.wsgi.application"\n`,
  [`${root}${folder}/wsgi.py`]: manage(`${folder}.settings`),
  [`${root}${folder}/asgi.py`]: manage(`${folder}.settings`),
});
const project = (...dependencies: string[]) =>
  `[project]\nname = "x"\ndependencies = ${JSON.stringify(dependencies)}\n`;

const argumentsOf = (files: Files, configured: Parameters<typeof detectedArguments>[2] = {}) =>
  detectedArguments(
    DOCKERFILE,
    applicationFacts({ paths: Object.keys(files).sort(), text: (path) => files[path] }, configured.settingsModule),
    configured,
  );

describe("build arguments of this project's Dockerfile", () => {
  const cases: [what: string, files: Files, expected: Readonly<Record<string, string>>][] = [
    ["pip with the names that the Dockerfile takes by default", { "requirements.txt": "gunicorn" }, {}],
    [
      "pip with requirements for production",
      {
        "requirements.txt": "django",
        "requirements/base.txt": "django",
        "requirements/production.txt": "-r base.txt\ngunicorn",
        "requirements/local.txt": "-r base.txt\nuvicorn",
      },
      { REQUIREMENTS: "requirements/production.txt" },
    ],
    [
      "uv with an extra for production",
      {
        "uv.lock": "",
        "pyproject.toml": `${project("django")}[project.optional-dependencies]\nprod = ["gunicorn>=20"]\n`,
      },
      { PACKAGE_TOOL: "uv", EXPORT_OPTIONS: "--extra prod" },
    ],
    [
      "Poetry with a group for production",
      {
        "poetry.lock": "",
        "pyproject.toml":
          '[tool.poetry.dependencies]\ndjango = "*"\n[tool.poetry.group.production.dependencies]\ngunicorn = "*"\n',
      },
      { PACKAGE_TOOL: "poetry", EXPORT_OPTIONS: "--with production" },
    ],
    ["Pipenv", { Pipfile: '[packages]\ngunicorn = "*"\n', "Pipfile.lock": "{}" }, { PACKAGE_TOOL: "pipenv" }],
    ["a list of dependencies alone", { "pyproject.toml": project("gunicorn") }, { PACKAGE_TOOL: "pyproject" }],
    [
      "Channels on daphne",
      { "requirements.txt": "channels[daphne]==4.3\n" },
      { SERVER: "daphne", ASGI_MODULE: "config.asgi:application" },
    ],
    [
      "ASGI by Gunicorn with uvicorn's workers",
      { "requirements.txt": "gunicorn\nuvicorn-worker\nuvicorn[standard]\n" },
      { ASGI_MODULE: "config.asgi:application", WORKER_CLASS: "uvicorn_worker.UvicornWorker" },
    ],
    [
      "ASGI by uvicorn, which Gunicorn's presence does not change",
      { "requirements.txt": "gunicorn\nuvicorn\n" },
      { SERVER: "uvicorn", ASGI_MODULE: "config.asgi:application" },
    ],
    [
      "a server that only tests need, which serves nothing",
      { "requirements.txt": "gunicorn", "requirements-dev.txt": "uvicorn" },
      {},
    ],
    [
      "a site without static files",
      { "requirements.txt": "gunicorn", "config/settings.py": "INSTALLED_APPS = []" },
      { COLLECTSTATIC: "off" },
    ],
    [
      "static files in settings that are imported",
      {
        "requirements.txt": "gunicorn",
        "manage.py": manage("config.settings.local"),
        "config/wsgi.py": manage("config.settings.production"),
        "config/settings.py": "",
        "config/settings/base.py": SETTINGS,
        "config/settings/production.py": "from .base import *  # noqa\nfrom .base import INSTALLED_APPS\n",
      },
      {},
    ],
    [
      "settings that are made at run time, of which nothing is known",
      { "requirements.txt": "gunicorn", "config/settings.py": 'include("components/*.py")' },
      {},
    ],
  ];
  for (const [what, files, expected] of cases)
    it(`tell of ${what}`, () => assert.deepEqual(argumentsOf({ ...started(), ...files }), expected));

  it("tell of a folder of manage.py, and of other names than startproject's", () => {
    const files = { ...started("acme", "src/"), "requirements.txt": "gunicorn" };
    assert.deepEqual(argumentsOf(files), { MANAGE_FOLDER: "src", WSGI_MODULE: "acme.wsgi" });
    const named = {
      "config/settings.py": `${SETTINGS}WSGI_APPLICATION = "config.wsgi.app"`,
      "requirements.txt": "gunicorn",
    };
    assert.deepEqual(argumentsOf({ ...started(), ...named }), { WSGI_MODULE: "config.wsgi:app" });
  });

  it("tell of configured settings and another port", () => {
    const files = { ...started(), "requirements.txt": "gunicorn", "config/settings/live.py": SETTINGS };
    assert.deepEqual(argumentsOf(files, { settingsModule: "config.settings.live", port: 9000 }), {
      DJANGO_SETTINGS_MODULE: "config.settings.live",
      PORT: "9000",
    });
  });

  it("are none for the site of the sandbox, and for a Dockerfile that does not take them", () => {
    const site = applicationFacts(readApplicationFiles(join(projectRoot, "sandbox", "app")));
    assert.deepEqual(detectedArguments(DOCKERFILE, site, { port: 8000 }), {});
    assert.equal(isOwnDockerfile("FROM python\nARG WSGI_MODULE=config.wsgi"), false);
    const uv = applicationFacts({ paths: ["uv.lock"], text: () => "" });
    assert.deepEqual(detectedArguments("FROM python", uv, { port: 1 }), {});
  });

  it("are all declared by the Dockerfile, each with its default", () => {
    const declared = declaredArguments(DOCKERFILE);
    assert.equal(declared["UV"]?.startsWith("uv=="), true);
    assert.deepEqual([declared["PACKAGE_TOOL"], declared["EXPORT_OPTIONS"], declared["PORT"]], ["pip", "", "8000"]);
  });
});

describe("the image's build arguments in a configuration", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({
      ...started(),
      "pyproject.toml": project("gunicorn"),
      "uv.lock": "",
    });
  });
  after(() => removeFolder(folder));

  const load = async (image: object, more: Record<string, unknown> = {}) => {
    const changes = { "delivery:image": { repository: "acme/site", ...image }, ...more };
    return (await loadWith(folder, changes)).image?.buildArguments;
  };

  it("are what the files tell, unless they are configured", async () => {
    assert.deepEqual(await load({}), { PACKAGE_TOOL: "uv" });
    assert.deepEqual(await load({ buildArguments: { PACKAGE_TOOL: "pip" } }), { PACKAGE_TOOL: "pip" });
    assert.deepEqual(await load({}, { "delivery:pipeline": { organization: "gh/acme", pythonVersion: "3.13" } }), {
      PACKAGE_TOOL: "uv",
      PYTHON_IMAGE: "python:3.13-slim-bookworm",
    });
    assert.deepEqual(await load({ delivery: "pinned", tag: "content-1" }), {});
  });

  it("are the defaults of the Dockerfile that a repository is given, so that it builds by hand", async () => {
    const changes = { "delivery:image": { repository: "acme/site", buildVariables: { GREETING: 'say "hi" $HOME' } } };
    const dockerfile = firstDockerfile(await loadWith(folder, changes));
    const { PACKAGE_TOOL, BUILD_VARIABLES } = declaredArguments(dockerfile);
    assert.equal(PACKAGE_TOOL, "uv");
    assert.equal(BUILD_VARIABLES, `GREETING='say \\"hi\\" \\$HOME'`);
    assert.equal(dockerfile.split("\n").length, DOCKERFILE.split("\n").length);
  });

  it("hold build variables as the shell of the build takes them", async () => {
    const buildVariables = { DATABASE_URL: "sqlite://", GREETING: `it's "$HOME" \\ # two  words`, EMPTY: "" };
    const text = (await load({ buildVariables }))?.["BUILD_VARIABLES"] ?? "";
    const script = 'eval "$BUILD_VARIABLES"; printf "%s|%s|%s" "$DATABASE_URL" "$GREETING" "$EMPTY"';
    const shown = execFileSync("sh", ["-c", script], {
      env: { ...process.env, BUILD_VARIABLES: text },
      encoding: "utf8",
    });
    assert.equal(shown, `${buildVariables.DATABASE_URL}|${buildVariables.GREETING}|`);
  });

  it("are refused with a line break, which no line of a Dockerfile can hold", async () => {
    await assert.rejects(load({ buildVariables: { A: "two\nlines" } }), /buildVariables\.A is not one line: /);
  });
});
