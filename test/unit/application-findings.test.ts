import assert from "node:assert/strict";
import { application } from "../../cli/doctor/checks/application.ts";
import { APPLICATION, addFiles, inFolder, loadWith, makeFolder, removeFolder } from "./support/configuration.ts";
import { type Case, findings, manage, project, TEAMS, told } from "./support/findings.ts";

describe("what an application lacks", () => {
  const missing: [what: string, found: Case, expected: RegExp][] = [
    [
      "manage.py",
      { files: { "manage.py": undefined } },
      /^delivery:application.path is no Django project: .*no manage\.py -> npm run pulumi -- config set/,
    ],
    [
      "dependencies",
      { files: { "requirements.txt": undefined } },
      /^\.\.\/site names no dependencies: .* -> pip install gunicorn && pip freeze > \.\.\/site\/requirements\.txt$/,
    ],
    [
      "dependencies, where manage.py is in a folder that may have them",
      {
        files: {
          ...Object.fromEntries(Object.keys(APPLICATION).map((path) => [path, undefined])),
          ...inFolder("backend", APPLICATION),
        },
      },
      /names no dependencies: .* -> npm run pulumi -- config set --path 'delivery:application\.path' \.\.\/site\/backend --plaintext$/,
    ],
    [
      "a server",
      { files: { "requirements.txt": "django" } },
      /^\.\.\/site\/requirements\.txt names no server: gunicorn, .* -> echo gunicorn >> \.\.\/site\/requirements\.txt$/,
    ],
    [
      "a server that only tests have",
      { files: { "requirements.txt": "django", "requirements-dev.txt": "gunicorn" } },
      /requirements\.txt names no server/,
    ],
    [
      "a server for uv",
      { files: { "uv.lock": "", "pyproject.toml": '[project]\ndependencies = ["django"]' } },
      /^\.\.\/site\/pyproject\.toml names no server: .* -> cd \.\.\/site && uv add gunicorn$/,
    ],
    [
      "a server for ASGI",
      { files: { "requirements.txt": "channels\ngunicorn", "config/asgi.py": manage("config.settings") } },
      /names no server for ASGI, .* -> echo uvicorn >> /,
    ],
    [
      "Poetry's lock file",
      { files: { "requirements.txt": undefined, "pyproject.toml": '[tool.poetry.dependencies]\ngunicorn = "*"' } },
      /^\.\.\/site\/pyproject\.toml has no lock file beside it, .* -> cd \.\.\/site && poetry lock$/,
    ],
    [
      "Pipenv's lock file",
      { files: { Pipfile: '[packages]\ngunicorn = "*"' } },
      /^\.\.\/site\/Pipfile has no lock file .* -> cd \.\.\/site && pipenv lock$/,
    ],
    [
      "wsgi.py",
      { files: { "config/wsgi.py": undefined } },
      /^delivery:image\.buildArguments\.WSGI_MODULE is missing: \.\.\/site holds no wsgi\.py/,
    ],
    [
      "STATIC_ROOT",
      { files: { "config/settings.py": 'INSTALLED_APPS = ["django.contrib.staticfiles"]\n# STATIC_ROOT = "x"\n' } },
      /^\.\.\/site\/config\/settings\.py sets no STATIC_ROOT, .* -> Add at its end: from pathlib import Path; STATIC_ROOT = Path\(__file__\)\.resolve\(\)\.parent \/ "staticfiles"$/,
    ],
    [
      "settings for all, where manage.py and the server take others",
      {
        files: {
          "manage.py": manage("config.settings.local"),
          "config/wsgi.py": manage("config.settings.production"),
          "config/settings/local.py": 'STATIC_ROOT = "x"',
          "config/settings/production.py": 'STATIC_ROOT = "x"',
        },
      },
      /^delivery:application\.settingsModule is missing: manage\.py takes config\.settings\.local .* -> npm run pulumi -- config set .* config\.settings\.production --plaintext$/,
    ],
    [
      "a Python that is new enough",
      { files: { "uv.lock": "", "pyproject.toml": project(">=3.13") } },
      /^\.\.\/site\/pyproject\.toml asks for Python >=3\.13, and the image has 3\.12 -> npm run pulumi -- config set --path 'delivery:pipeline\.pythonVersion' 3\.13 --plaintext$/,
    ],
    [
      "a Python that is old enough, without a pipeline",
      { files: { "uv.lock": "", "pyproject.toml": project("<3.11") }, settings: { pipeline: undefined } },
      /-> npm run pulumi -- config set --path 'delivery:image\.buildArguments\.PYTHON_IMAGE' python:3\.10-slim-bookworm --plaintext$/,
    ],
  ];
  for (const [what, found, expected] of missing)
    it(`is a problem with its one-line fix: ${what}`, () => {
      const { problems } = findings(found);
      assert.equal(problems.length, 1, told(problems).join("\n"));
      assert.match(told(problems)[0] ?? "", expected);
    });

  const complete: [what: string, found: Case][] = [
    ["startproject with gunicorn", {}],
    [
      "a server that is given",
      { files: { "requirements.txt": "django" }, image: { buildArguments: { SERVER: "gunicorn" } } },
    ],
    [
      "STATIC_ROOT in settings that are imported",
      {
        files: {
          "config/settings.py": "from config.base import *",
          "config/base.py": APPLICATION["config/settings.py"] ?? "",
        },
      },
    ],
    [
      "STATIC_ROOT where settings are made at run time",
      {
        files: {
          "config/settings.py":
            'INSTALLED_APPS = ["django.contrib.staticfiles"]\nALLOWED_HOSTS = ["*"]\ninclude("components/*.py")',
        },
      },
    ],
    ["STATIC_ROOT of a site without static files", { files: { "config/settings.py": 'ALLOWED_HOSTS = ["*"]' } }],
    ["a Python in range", { files: { "uv.lock": "", "pyproject.toml": project(">=3.10,<4") } }],
    ["a range that nobody can read", { files: { "uv.lock": "", "pyproject.toml": project("three") } }],
    [
      "what a Dockerfile of the team's own would need",
      { files: { "manage.py": undefined, "requirements.txt": undefined }, dockerfile: TEAMS },
    ],
  ];
  for (const [what, found] of complete) it(`is nothing: ${what}`, () => assert.deepEqual(findings(found).problems, []));
});

describe("what is told of an application", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeFolder(APPLICATION);
  });
  afterEach(() => removeFolder(folder));

  it("is missing from the configuration before anything is made, all at once", async () => {
    await addFiles(folder, {
      "requirements.txt": "django",
      "config/settings.py": 'INSTALLED_APPS = ["django.contrib.staticfiles"]',
    });
    await assert.rejects(loadWith(folder), ({ message }: Error) => {
      assert.match(message, /has 2 problems; nothing was changed/);
      assert.match(message, /requirements\.txt names no server[\s\S]*echo gunicorn >> [\s\S]*sets no STATIC_ROOT/);
      return true;
    });
    await loadWith(folder, { "delivery:image": { repository: "acme/site", delivery: "pinned", tag: "content-1" } });
  });

  it("is told beside settings that are not valid, each once", async () => {
    await addFiles(folder, { "requirements.txt": "django" });
    const changes = { "delivery:site": { ownerId: "tea-acme", plan: "huge", regio: "x" }, "delivery:pipelin": {} };
    await assert.rejects(loadWith(folder, changes), ({ message }: Error) => {
      for (const key of ["site.plan is", "site.region is", "site.regio is", "pipelin is"])
        assert.ok(message.includes(`delivery:${key}`), key);
      assert.match(message, /requirements\.txt names no server/);
      assert.equal(message.match(/delivery:site\.plan/g)?.length, 2, "once, and in its command");
      return true;
    });
  });

  it("is a settings module that is not there", async () => {
    const application = { name: "site", path: folder, settingsModule: "config.live" };
    await assert.rejects(loadWith(folder, { "delivery:application": application }), /settingsModule names no module/);
    await loadWith(folder, { "delivery:application": { ...application, settingsModule: "acme_settings.live" } });
  });

  it("is how it is built and served, and by doctor what is doubtful", async () => {
    const run = async (changes: Record<string, unknown> = {}) => {
      const configuration = await loadWith(folder, changes);
      return application.run({ facts: { draft: configuration } } as unknown as Parameters<typeof application.run>[0]);
    };
    assert.deepEqual(await run(), [
      {
        result: "ok",
        found:
          "dependencies by pip (requirements.txt), gunicorn serves config.wsgi, settings config.settings, Python 3.12",
      },
    ]);
    await addFiles(folder, {
      Dockerfile:
        'FROM python:3.13 AS build\nRUN python manage.py collectstatic\nFROM build\nEXPOSE 9000\nCMD ["gunicorn", \\\n "config.wsgi"]\n',
    });
    const [, first, second] = [await run()].flat();
    const [report] = [await run()].flat();
    assert.equal(
      report?.found,
      'a Dockerfile of its own, which starts ["gunicorn", "config.wsgi"], listens on 9000, collects static files, Python 3.13',
    );
    assert.match(first?.found ?? "", /RENDER_EXTERNAL_HOSTNAME/);
    assert.match(second?.found ?? "", /delivery:image\.port is 8000/);
    assert.equal(second?.result, "warn");
  });

  it("is a real credential among throw-away values", async () => {
    const load = (variables: object, buildVariables: object) =>
      loadWith(folder, {
        "delivery:pipeline": { organization: "gh/acme", variables },
        "delivery:image": { repository: "acme/site", buildVariables },
      });
    await load(
      { DATABASE_URL: "postgres://a:b@localhost:5432/a" },
      { DATABASE_URL: "postgres://a:b@db/a", BROKER: "amqp://a:b@mq.example.com/" },
    );
    const token = `ghp_${"a".repeat(36)}`;
    await assert.rejects(load({ A: token }, { B: "postgres://acme:s3cret@db.acme.io/acme" }), ({ message }: Error) => {
      assert.match(message, /has 2 problems/);
      assert.match(message, /pipeline\.variables\.A holds a GitHub token, and it stands in the repository/);
      assert.match(message, /image\.buildVariables\.B holds a URL with a password, and the image's history shows it/);
      assert.doesNotMatch(message, /s3cret|ghp_/);
      return true;
    });
  });
});
