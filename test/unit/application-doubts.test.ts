import assert from "node:assert/strict";
import { type Problem, setCommand } from "../../lib/configuration-problems.ts";
import { APPLICATION } from "./support/configuration.ts";
import { type Case, findings, project, TEAMS, told } from "./support/findings.ts";

const KEPT_KEY = { site: { hosts: [], secretKey: "keep" } };

describe("what an application makes doubtful", () => {
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
        settings: KEPT_KEY,
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
    [
      "DEBUG that is on",
      { files: { "config/settings.py": 'ALLOWED_HOSTS = ["*"]\nDEBUG = True\n' }, settings: KEPT_KEY },
      /^\.\.\/site\/config\/settings\.py sets DEBUG to True, .* -> Add at its end: import os; DEBUG = os\.environ/,
    ],
    [
      "DEBUG of settings that are imported",
      {
        files: {
          "config/settings.py": 'from .base import *\nALLOWED_HOSTS = ["*"]',
          "config/base.py": "DEBUG: bool = True",
        },
        settings: KEPT_KEY,
      },
      /sets DEBUG to True/,
    ],
    [
      "DEBUG that the deployed settings turn off",
      {
        files: {
          "config/settings.py": 'from .base import *\nALLOWED_HOSTS = ["*"]\nDEBUG = False',
          "config/base.py": "DEBUG = True",
        },
        settings: KEPT_KEY,
      },
      undefined,
    ],
    [
      "DEBUG that a line of the environment decides",
      {
        files: {
          "config/settings.py": 'ALLOWED_HOSTS = ["*"]\nDEBUG = True\nif "X" in os.environ:\n  DEBUG = False\n',
        },
        settings: KEPT_KEY,
      },
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
H = os.environ["STRIPE_KEY"]
E = os.environ["WRITTEN"], os.environ["DEFAULTED"], os.environ["SECRET_KEY"]
# F = os.environ["COMMENTED"]
G = os.environ["IF"] if "IF" in os.environ else ""
`;
  const names = ["PLAIN", "ENV", "DATABASE_URL", "FLAG", "DECOUPLED", "STRIPE_KEY"];
  /** The names that one finding tells of for a map, sorted. */
  const lackingIn = (map: string, found: readonly Problem[]) => {
    const of = found.filter(({ key }) => key === map);
    assert.ok(of.length <= 1, `several findings for ${map}`);
    return of.flatMap(({ problem }) => /^lacks (.*?):/.exec(problem)?.[1]?.split(", ") ?? []).sort();
  };
  const of = (given: Readonly<Record<string, string>>, services = {}) =>
    findings({
      files: { "config/settings.py": `${APPLICATION["config/settings.py"]}${ACCESS}` },
      image: { buildVariables: given },
      settings: {
        pipeline: { variables: given, services },
        site: { hosts: [], variables: { ...given, SECRET_KEY: "" }, secretKey: "generate" },
      },
    }).warnings;

  it("are named for the build, the checks and the site that have none, in one finding each with its command", () => {
    const warnings = of({});
    for (const map of ["delivery:image.buildVariables", "delivery:pipeline.variables"])
      assert.deepEqual(lackingIn(map, warnings), names.toSorted(), map);
    assert.deepEqual(lackingIn("delivery:site.variables", warnings), ["DECOUPLED", "ENV", "FLAG", "PLAIN"]);
    assert.deepEqual(lackingIn("delivery:secretVariables", warnings), ["DATABASE_URL", "STRIPE_KEY"]);
    for (const { key, mend } of warnings)
      for (const name of lackingIn(key, warnings)) assert.ok(mend.includes(`'${key}.${name}'`), mend);
  });

  it("are told by their own key when there is one", () => {
    const { length, [0]: only } = of(Object.fromEntries(names.slice(1).map((name) => [name, "x"]))).filter(({ key }) =>
      key.startsWith("delivery:image"),
    );
    assert.equal(length, 1);
    assert.equal(only?.key, "delivery:image.buildVariables.PLAIN");
    assert.match(only?.problem ?? "", /^is missing: the settings do not load without it/);
    assert.equal(only?.mend, setCommand("delivery:image.buildVariables.PLAIN"));
  });

  it("are not missing where they are given, or a service beside the checks tells them", () => {
    assert.deepEqual(of(Object.fromEntries(names.map((name) => [name, "x"]))), []);
    const checks = lackingIn("delivery:pipeline.variables", of({}, { postgres: "17.5" }));
    assert.equal(checks.includes("DATABASE_URL"), false);
    assert.ok(checks.includes("PLAIN"));
  });
});
