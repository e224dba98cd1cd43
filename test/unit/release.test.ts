import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { RunResult } from "../../cli/child-process.ts";
import { silentProgress } from "../../cli/progress.ts";
import { type Released, release } from "../../cli/release/index.ts";
import type { Part } from "../../cli/release/parts.ts";
import { parseState, resourcesIn } from "../../cli/release/state.ts";

const PREFIX = "urn:pulumi:prod::delivery::";
const STACK = `${PREFIX}pulumi:pulumi:Stack::delivery-prod`;
const ERRORS = `${PREFIX}delivery:shared:ErrorProject::errors`;
const PROJECT = `${PREFIX}sentry:index/sentryProject:SentryProject::errors-project`;
const KEY_PART = `${PREFIX}delivery:environment:ErrorKey::errors-key`;
const KEY = `${PREFIX}sentry:index/sentryKey:SentryKey::errors-key`;
const SENTRY = `${PREFIX}pulumi:providers:sentry::default_0_0_9_github_/api.github.com/pulumiverse`;
const RENDER = `${PREFIX}pulumi:providers:render::default_0_1_0`;
const SITE = `${PREFIX}delivery:environment:Site::site`;
const SERVICE = `${PREFIX}render:index:WebService::site`;
const IMAGE = `${PREFIX}delivery:environment:AppImage::image`;
const REPOSITORY = `${PREFIX}delivery:shared:SourceRepository::repository`;
const FILE = `${PREFIX}github:index/repositoryFile:RepositoryFile::repository-pipeline-file`;
const DOCKERFILE = `${PREFIX}github:index/repositoryFile:RepositoryFile::repository-dockerfile`;
const CI = `${PREFIX}delivery:shared:CiProject::pipeline`;

const one = (urn: string, parent?: string, more: object = {}) => ({
  urn,
  type: urn.slice(PREFIX.length).split("::")[0],
  ...(parent && { parent }),
  ...more,
});
const RESOURCES = [
  one(STACK),
  one(SENTRY, STACK, { id: "p1" }),
  one(RENDER, STACK, { id: "p2" }),
  one(ERRORS, STACK),
  one(PROJECT, ERRORS, { id: "site", provider: `${SENTRY}::p1`, protect: true }),
  one(KEY_PART, STACK),
  one(KEY, KEY_PART, { id: "k1", provider: `${SENTRY}::p1`, dependencies: [PROJECT] }),
  one(IMAGE, STACK),
  one(SITE, STACK),
  one(SERVICE, SITE, {
    id: "srv-1",
    provider: `${RENDER}::p2`,
    dependencies: [KEY, IMAGE],
    propertyDependencies: { environmentVariables: [KEY], image: [IMAGE], plan: null },
    outputs: { url: "https://site.example" },
  }),
  one(REPOSITORY, STACK),
  one(FILE, REPOSITORY, { id: "file" }),
  one(DOCKERFILE, REPOSITORY, { id: "dockerfile" }),
  one(CI, STACK),
];

/** An engine with this state and this configuration that remembers what it was told. */
class ScriptedPulumi {
  readonly changes: string[] = [];
  readonly imported: string[] = [];
  config: Record<string, string> = {};
  pending: unknown[] = [];
  configFails = false;

  get exported(): string {
    return JSON.stringify({ version: 3, deployment: { resources: RESOURCES, pending_operations: this.pending } });
  }

  async run(...args: readonly string[]): Promise<RunResult> {
    const told = (code: number, stdout = ""): RunResult => ({ code, stdout, stderr: code ? "error: read-only" : "" });
    const [command = "", action = ""] = args;
    if (command === "preview") return told(0, '{"steps":[{"op":"update","urn":"x"}]}');
    if (action === "export") return told(0, this.exported);
    if (action === "get") {
      const value = this.config[args.at(-1) ?? ""];
      return told(value === undefined ? 1 : 0, `${value}\n`);
    }
    if (action === "import") this.imported.push(readFileSync(args.at(-1) ?? "", "utf8"));
    this.changes.push(action === "import" ? "stack import" : args.join(" "));
    return told(command === "config" && this.configFails ? 1 : 0);
  }
}

describe("delivery release", () => {
  let pulumi: ScriptedPulumi;
  beforeEach(() => {
    pulumi = new ScriptedPulumi();
  });
  const run = (part: Part, agreed = true): Promise<Released | undefined> =>
    release({ pulumi, progress: silentProgress, part, confirm: async () => agreed });
  const urnsLeft = (): string[] => resourcesIn(parseState(pulumi.imported[0] ?? "")).map(({ urn }) => urn);

  it("drops the part's resources, protected or not, with their provider, and sets the part off", async () => {
    const done = await run("errors");
    assert.deepEqual(done?.resources.map(({ urn }) => urn).sort(), [ERRORS, PROJECT, KEY_PART, KEY].sort());
    assert.deepEqual(done?.plan, { update: 1 });
    assert.deepEqual(pulumi.changes, ["stack import", "config set delivery:errors off --plaintext"]);
    for (const urn of [ERRORS, PROJECT, KEY_PART, KEY, SENTRY]) assert.ok(!urnsLeft().includes(urn), urn);
    assert.equal(urnsLeft().length, RESOURCES.length - 5);
  });

  it("keeps everything else as it is, but for what depended on the part", async () => {
    await run("errors");
    const service = resourcesIn(parseState(pulumi.imported[0] ?? "")).find(({ urn }) => urn === SERVICE);
    assert.deepEqual(service, {
      ...RESOURCES.find(({ urn }) => urn === SERVICE),
      dependencies: [IMAGE],
      propertyDependencies: { environmentVariables: [], image: [IMAGE], plan: null },
    });
    assert.equal(JSON.parse(pulumi.imported[0] ?? "").version, 3);
  });

  it("takes the pipeline's file, and no other of the repository's, with the pipeline", async () => {
    const done = await run("pipeline");
    assert.deepEqual(done?.resources.map(({ urn }) => urn).sort(), [CI, FILE].sort());
  });

  it("changes nothing unless it is confirmed", async () => {
    assert.equal(await run("errors", false), undefined);
    assert.deepEqual(pulumi.changes, []);
  });

  it("puts the state back when the stack's file cannot be written", async () => {
    pulumi.configFails = true;
    await assert.rejects(run("errors"), /delivery:errors cannot be set to off: read-only\nThe state is as it was\./);
    assert.equal(pulumi.imported.at(-1), pulumi.exported);
  });

  const refusals: readonly [what: string, part: Part, config: Record<string, string>, message: RegExp][] = [
    ["an image that the site runs", "image", {}, /site runs the image\.\nRelease the site first/],
    [
      "the site of a pipeline that deploys",
      "site",
      { "delivery:image.delivery": "continuous" },
      /First leave that mode/,
    ],
    [
      "a repository of another name than the application's, which CircleCI follows",
      "repository",
      { "delivery:repository.name": "web", "delivery:application.name": "site" },
      /Release the pipeline first/,
    ],
  ];
  for (const [what, part, config, message] of refusals)
    it(`refuses ${what}`, async () => {
      pulumi.config = config;
      await assert.rejects(run(part), message);
      assert.deepEqual(pulumi.changes, []);
    });

  it("refuses while an operation is pending, which it would forget", async () => {
    pulumi.pending = [{ type: "creating", resource: one(KEY) }];
    await assert.rejects(run("errors"), /interrupted(.|\n)*delivery recover/);
    assert.deepEqual(pulumi.changes, []);
  });
});
