import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { parse } from "yaml";
import { applicationFacts } from "../../infra/application/facts.ts";
import type { PartOf } from "../../infra/config.ts";
import { pipelineFile } from "../../infra/shared/circleci-config-yml.ts";

const schema = JSON.parse(readFileSync(new URL("circleci-schema/config.schema.json", import.meta.url), "utf8"));
const validate = formats.default(new Ajv({ strict: false, allErrors: true })).compile(schema);

const pipeline = {
  organization: "gh/acme",
  context: "site-prod",
  contextVariables: "managed" as const,
  restrictContext: true,
  pythonVersion: "3.12",
  branch: "main",
};
const image: PartOf<"image"> = {
  delivery: "continuous",
  hold: false,
  tag: "v1",
  repository: "acme/site",
  username: "acme",
  platforms: ["linux/amd64", "linux/arm64"],
  buildArguments: { WSGI_MODULE: "acme.wsgi" },
  buildVariables: {},
  port: 8000,
  labels: { team: "web" },
  target: "web",
  secrets: {},
};
const errors: PartOf<"errors"> = {
  organization: "acme",
  team: "web",
  project: "site",
  platform: "python-django",
};

describe("circleci config.yml, by CircleCI's published schema", () => {
  const problems = (yaml: string): unknown[] => {
    validate(parse(yaml));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  for (const [mode, parts] of Object.entries({
    build: { image: { ...image, delivery: "build" as const }, errors },
    continuous: { image, errors },
    "continuous, without Sentry": { image, errors: undefined },
  }))
    it(`is valid in mode ${mode}`, () => {
      assert.deepEqual(problems(pipelineFile(pipeline, parts).yaml), []);
    });

  it("is valid with all that the team may ask for", () => {
    const files: Record<string, string> = { "uv.lock": "", "ruff.toml": "", "pytest.ini": "", "src/manage.py": "" };
    const facts = applicationFacts({ paths: Object.keys(files), text: (path) => files[path] });
    const jobs = { types: { steps: ["mypy .", { name: "Styles", command: "black --check ." }], install: true } };
    const docker = [{ image: "cimg/mysql:8.0", name: "db", command: ["--x"], environment: { MYSQL_DATABASE: "site" } }];
    const services = { postgres: "17.5", redis: "7.4", docker };
    const all = { ...pipeline, jobs, services, variables: { API_KEY: "x" }, resourceClass: "large" as const };
    const surroundings = { facts, workingDirectory: "backend", dockerfile: "../Dockerfile" };
    assert.deepEqual(problems(pipelineFile(all, { image, errors }, surroundings).yaml), []);
  });

  for (const [wrong, change] of Object.entries({
    "a step that is two": ["- checkout", "- checkout: 1\n        install: 2"],
    "a container without an image": ["image: cimg", "picture: cimg"],
    "a version that does not exist": ["version: 2.1", "version: 9.9"],
  }))
    it(`would not be with ${wrong}`, () => {
      const [from = "", to = ""] = change;
      const { yaml } = pipelineFile(pipeline, { image, errors });
      assert.ok(yaml.includes(from));
      assert.notDeepEqual(problems(yaml.replace(from, to)), []);
    });
});
