import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { application } from "../../cli/doctor/checks/application.ts";
import type { ApplicationSettings } from "../../infra/application/examined.ts";
import { applicationFacts } from "../../infra/application/facts.ts";
import { findingsOf } from "../../infra/application/findings.ts";
import type { Problem } from "../../lib/configuration-problems.ts";
import { projectRoot } from "../../lib/project-folder.ts";
import { APPLICATION, addFiles, inFolder, loadWith, makeFolder, removeFolder } from "./support/configuration.ts";

type Files = Readonly<Record<string, string | undefined>>;

const DOCKERFILE = readFileSync(join(projectRoot, "Dockerfile"), "utf8");
const TEAMS = "FROM python:3.12-slim\nEXPOSE 8000\nCMD gunicorn acme.wsgi\n";
const manage = (settings: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")`;
const project = (requires: string) =>
  `[project]\nname = "x"\nrequires-python = "${requires}"\ndependencies = ["gunicorn"]\n`;

interface Case {
  readonly files?: Files;
  readonly dockerfile?: string;
  readonly settings?: Partial<Omit<ApplicationSettings, "image">>;
  readonly image?: Partial<NonNullable<ApplicationSettings["image"]>>;
}

function findings({ files = {}, dockerfile = DOCKERFILE, settings = {}, image = {} }: Case) {
  const all = Object.entries({ ...APPLICATION, ...files }).filter(
    (file): file is [string, string] => file[1] !== undefined,
  );
  const texts = new Map(all);
  const application = settings.application ?? { path: "../site" };
  const facts = applicationFacts(
    { paths: [...texts.keys()].sort(), text: (path) => texts.get(path) },
    application.settingsModule,
  );
  const built = { delivery: "build", buildArguments: {}, buildVariables: {}, port: 8000, ...image };
  const configuration = { application, site: { hosts: [] }, pipeline: {}, ...settings, image: built };
  return findingsOf({ configuration, facts, dockerfile, hasConfiguredSettings: true });
}

const told = (found: readonly Problem[]) => found.map(({ key, problem, mend }) => `${key} ${problem} -> ${mend}`);

describe("what an application lacks", () => {
  const missing: [what: string, found: Case, expected: RegExp][] = [
    [
      "manage.py",
      { files: { "manage.py": undefined } },
      /^delivery:application.path is no Django project: .*no manage\.py -> pulumi config set/,
    ],
    [
      "dependencies",
      { files: { "requirements.txt": undefined } },
      /^\.\.\/site names no dependencies: .* -> pip freeze > \.\.\/site\/requirements\.txt$/,
    ],
    [
      "dependencies, where manage.py is in a folder that may have them",
      {
        files: {
          ...Object.fromEntries(Object.keys(APPLICATION).map((path) => [path, undefined])),
          ...inFolder("backend", APPLICATION),
        },
      },
      /names no dependencies: .* -> pulumi config set --path 'delivery:application\.path' \.\.\/site\/backend --plaintext$/,
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
      /^\.\.\/site\/config\/settings\.py sets no STATIC_ROOT, .* -> Add the line: STATIC_ROOT = BASE_DIR \/ "staticfiles"$/,
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
      /^delivery:application\.settingsModule is missing: manage\.py takes config\.settings\.local .* -> pulumi config set .* config\.settings\.production --plaintext$/,
    ],
    [
      "a Python that is new enough",
      { files: { "uv.lock": "", "pyproject.toml": project(">=3.13") } },
      /^\.\.\/site\/pyproject\.toml asks for Python >=3\.13, and the image has 3\.12 -> pulumi config set --path 'delivery:pipeline\.pythonVersion' '"3\.13"' --plaintext$/,
    ],
    [
      "a Python that is old enough, without a pipeline",
      { files: { "uv.lock": "", "pyproject.toml": project("<3.11") }, settings: { pipeline: undefined } },
      /-> pulumi config set --path 'delivery:image\.buildArguments\.PYTHON_IMAGE' python:3\.10-slim-bookworm --plaintext$/,
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

  const doubtful: [what: string, found: Case, expected: RegExp | undefined][] = [
    [
      "hosts from nowhere",
      { files: { "config/settings.py": 'ALLOWED_HOSTS = ["acme.example"]' } },
      /does not read DJANGO_ALLOWED_HOSTS, .*ALLOWED_HOSTS = os\.environ/,
    ],
    ["hosts that any settings file reads", {}, undefined],
    [
      "Render's name under a Dockerfile of the team's",
      { dockerfile: TEAMS },
      /does not allow the host RENDER_EXTERNAL_HOSTNAME, .*ALLOWED_HOSTS \+= /,
    ],
    [
      "Render's name that a Dockerfile of the team's adds",
      { dockerfile: `${TEAMS}# RENDER_EXTERNAL_HOSTNAME\n` },
      undefined,
    ],
    [
      "a secret key of another name",
      { files: { "config/settings.py": 'ALLOWED_HOSTS = ["*"]\nSECRET_KEY = os.environ["SECRET_KEY"]' } },
      /^\.\.\/site\/config\/settings\.py does not read DJANGO_SECRET_KEY, .*SECRET_KEY = os\.environ/,
    ],
    [
      "a secret key that the site keeps",
      {
        files: { "config/settings.py": 'ALLOWED_HOSTS = ["*"]' },
        settings: { site: { hosts: [], secretKey: "keep" } },
      },
      undefined,
    ],
    [
      "a list of dependencies without a lock file",
      { files: { "requirements.txt": undefined, "pyproject.toml": project(">=3.10") } },
      /^\.\.\/site\/pyproject\.toml has no lock file beside it, .* -> cd \.\.\/site && uv lock$/,
    ],
    [
      "a list of dependencies that pins each",
      { files: { "requirements.txt": undefined, "pyproject.toml": '[project]\ndependencies = ["gunicorn==27.0.1"]' } },
      undefined,
    ],
    [
      "a folder among pip's requirements",
      { files: { "requirements.txt": "gunicorn\n-e ./libs/x" } },
      /installs a folder of the repository/,
    ],
    [
      "a folder in uv's lock file",
      { files: { "uv.lock": 'source = { editable = "libs/x" }', "pyproject.toml": project(">=3.10") } },
      /^\.\.\/site\/pyproject\.toml installs a folder/,
    ],
    [
      "the application in uv's lock file",
      { files: { "uv.lock": 'source = { editable = "." }', "pyproject.toml": project(">=3.10") } },
      undefined,
    ],
    ["no site", { dockerfile: TEAMS, settings: { site: undefined } }, undefined],
    [
      "another port of the team's",
      { dockerfile: "FROM x\nENV PORT=8080\nEXPOSE $PORT\n", settings: { site: undefined } },
      /^delivery:image\.port is 8000, and .* listens on 8080 -> .*image\.port' 8080/,
    ],
    [
      "build variables that reach nothing",
      { dockerfile: TEAMS, settings: { site: undefined }, image: { buildVariables: { A: "1" } } },
      /^delivery:image\.buildVariables reach no command/,
    ],
    [
      "Python of the team's image",
      { dockerfile: TEAMS, files: { "pyproject.toml": project(">=3.14") }, settings: { site: undefined } },
      /asks for Python >=3\.14/,
    ],
    [
      "git in a slim image",
      { files: { "requirements.txt": "gunicorn\nx @ git+https://example.com/x" } },
      /installs something by git, .*PYTHON_IMAGE' python:3\.12\.\d+-bookworm/,
    ],
    [
      "git where the image has it",
      {
        files: { "requirements.txt": "gunicorn\nx @ git+https://example.com/x" },
        image: { buildArguments: { PYTHON_IMAGE: "python:3.12" } },
      },
      undefined,
    ],
  ];
  for (const [what, found, expected] of doubtful)
    it(`warns where it should: ${what}`, () => {
      const { problems, warnings } = findings(found);
      assert.deepEqual(told(problems), []);
      if (expected) assert.match(told(warnings).join("\n"), expected);
      else assert.deepEqual(told(warnings), []);
    });
});

describe("variables without which settings do not load", () => {
  const ACCESS = `
import os
import environ
from decouple import config
env = environ.Env(SCHEME=(bool, False))
os.environ["WRITTEN"] = "1"
os.environ.setdefault("DEFAULTED", "1")
A = os.environ["PLAIN"]
B = env("ENV"), env.db("DATABASE_URL"), env.bool('FLAG')
C = config("DECOUPLED", cast=int)
D = env("SCHEME"), env("WITH_DEFAULT", default=""), config("OTHER_DEFAULT", default=1), os.environ.get("GOT")
E = os.environ["WRITTEN"], os.environ["DEFAULTED"], os.environ["SECRET_KEY"]
# F = os.environ["COMMENTED"]
G = os.environ["IF"] if "IF" in os.environ else ""
`;
  const names = ["PLAIN", "ENV", "DATABASE_URL", "FLAG", "DECOUPLED"];
  const keysOf = (place: string, found: readonly Problem[]) =>
    found
      .map(({ key }) => key)
      .filter((key) => key.startsWith(place))
      .map((key) => key.slice(place.length))
      .sort();
  const of = (given: Readonly<Record<string, string>>, services = {}) =>
    findings({
      files: { "config/settings.py": `${APPLICATION["config/settings.py"]}${ACCESS}` },
      image: { buildVariables: given },
      settings: {
        pipeline: { variables: given, services },
        site: { hosts: [], variables: { ...given, SECRET_KEY: "" }, secretKey: "generate" },
      },
    }).warnings;

  it("are named for the build, the checks and the site that have none, each with its command", () => {
    const warnings = of({});
    for (const place of ["delivery:image.buildVariables.", "delivery:pipeline.variables."])
      assert.deepEqual(keysOf(place, warnings), names.toSorted(), place);
    assert.deepEqual(keysOf("delivery:site.variables.", warnings), ["DECOUPLED", "ENV", "FLAG", "PLAIN"]);
    assert.deepEqual(keysOf("delivery:secretVariables.", warnings), ["DATABASE_URL"]);
    for (const { key, mend } of warnings) assert.ok(mend.includes(key), mend);
  });

  it("are not missing where they are given, or a service beside the checks tells them", () => {
    assert.deepEqual(of(Object.fromEntries(names.map((name) => [name, "x"]))), []);
    const checks = keysOf("delivery:pipeline.variables.", of({}, { postgres: "17.5" }));
    assert.equal(checks.includes("DATABASE_URL"), false);
  });
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

  it("is a settings module that is not there", async () => {
    const application = { name: "site", path: folder, settingsModule: "config.live" };
    await assert.rejects(loadWith(folder, { "delivery:application": application }), /settingsModule names no module/);
    await loadWith(folder, { "delivery:application": { ...application, settingsModule: "acme_settings.live" } });
  });

  it("is how it is built and served, and by doctor what is doubtful", async () => {
    const run = async (changes: Record<string, unknown> = {}) => {
      const configuration = await loadWith(folder, changes);
      return application.run({ facts: { configuration } } as unknown as Parameters<typeof application.run>[0]);
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
      assert.match(message, /pipeline\.variables\.A holds a GitHub token, and it stands in the repository/);
      assert.match(message, /image\.buildVariables\.B holds a URL with a password, and the image's history shows it/);
      assert.doesNotMatch(message, /s3cret|ghp_/);
      return true;
    });
  });
});
