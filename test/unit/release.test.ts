import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "../../cli/child-process.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { PulumiRunOptions } from "../../cli/pulumi.ts";
import { type Released, release } from "../../cli/release/index.ts";
import { keepCopy, newestCopy } from "../../cli/state/copy.ts";
import { parseState, resourcesIn } from "../../cli/state/resources.ts";
import type { PartName } from "../../infra/parts.ts";

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
  resources: object[] = RESOURCES;
  pending: unknown[] = [];
  history: object[] = [{ kind: "update", startTime: "2026-05-01T10:00:00Z" }];
  readonly fails = new Set<string>();
  /** What somebody else does while the state is being written. */
  whileImporting = (): void => {};
  stackFile = "";
  fileWhileImporting = "";

  get exported(): string {
    return JSON.stringify({ version: 3, deployment: { resources: this.resources, pending_operations: this.pending } });
  }

  run(...args: readonly string[]): Promise<RunResult> {
    return this.runWith({}, ...args);
  }

  async runWith({ env }: PulumiRunOptions, ...args: readonly string[]): Promise<RunResult> {
    const told = (code: number, stdout = ""): RunResult => ({ code, stdout, stderr: code ? "error: read-only" : "" });
    const [command = "", action = ""] = args;
    if (command === "preview") return told(0, '{"steps":[{"op":"update","urn":"x"}]}');
    if (command === "whoami") return told(0, '{"url":"s3://states"}');
    if (action === "history") return told(0, JSON.stringify(this.history));
    if (action === "export") return told(0, this.exported);
    if (action === "get") {
      const value = this.config[args.at(-1) ?? ""];
      return told(value === undefined ? 1 : 0, `${value}\n`);
    }
    const change = action === "import" ? "stack import" : args.join(" ");
    if (this.fails.has(command)) return told(1);
    this.changes.push(change);
    if (action === "set") writeFileSync(env?.["PULUMI_OPTION_CONFIG_FILE"] ?? this.stackFile, "off");
    if (action === "import") {
      this.fileWhileImporting = readFileSync(this.stackFile, "utf8");
      this.whileImporting();
      const text = readFileSync(args[args.indexOf("--file") + 1] ?? "", "utf8");
      this.imported.push(text);
      this.resources = JSON.parse(text).deployment.resources;
    }
    return told(0);
  }
}

describe("delivery release", () => {
  let pulumi: ScriptedPulumi;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "delivery-release-test-"));
    pulumi = new ScriptedPulumi();
    pulumi.stackFile = join(folder, "Pulumi.prod.yaml");
    writeFileSync(pulumi.stackFile, "as it was");
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  /** @param meanwhile what somebody else does while the question waits for its answer. */
  const run = (part: PartName, agreed = true, meanwhile = (): void => {}): Promise<Released | undefined> =>
    release({
      ...{ pulumi, progress: silentProgress, part, stackFile: pulumi.stackFile },
      confirm: async () => {
        meanwhile();
        return agreed;
      },
    });
  const stackFile = (): string => readFileSync(pulumi.stackFile, "utf8");
  const copies = (): string[] => readdirSync(join(folder, ".delivery/state/prod"));
  const urnsLeft = (): string[] => resourcesIn(parseState(pulumi.imported[0] ?? "")).map(({ urn }) => urn);

  it("drops the part's resources, protected or not, with their provider, and sets the part off", async () => {
    const done = await run("errors");
    assert.deepEqual(done?.resources.map(({ urn }) => urn).sort(), [ERRORS, PROJECT, KEY_PART, KEY].sort());
    assert.deepEqual(done?.plan, { update: 1 });
    assert.deepEqual(pulumi.changes, ["config set delivery:errors off --plaintext", "stack import"]);
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

  it("keeps what was made while the question waited for its answer", async () => {
    const made = one(`${PREFIX}github:index/issueLabel:IssueLabel::made-meanwhile`, STACK, { id: "label" });
    await run("errors", true, () => {
      pulumi.resources = [...RESOURCES, made];
    });
    assert.ok(urnsLeft().includes(made.urn));
    assert.ok(!urnsLeft().includes(PROJECT));
  });

  it("refuses when it would do something else than was shown", async () => {
    const further = one(`${PREFIX}sentry:index/sentryKey:SentryKey::second-key`, KEY_PART, { id: "k2" });
    const meanwhile: readonly [() => void, RegExp][] = [
      [() => pulumi.resources.push(further), /changed since this was shown \(second-key\)/],
      [
        () => {
          pulumi.resources = RESOURCES.filter(({ urn }) => urn !== KEY);
        },
        /changed since this was shown \(errors-key\)/,
      ],
      [
        () => {
          pulumi.pending = [{ type: "creating", resource: one(KEY) }];
        },
        /interrupted(.|\n)*recover/,
      ],
    ];
    for (const [change, message] of meanwhile) {
      pulumi.resources = [...RESOURCES];
      pulumi.pending = [];
      await assert.rejects(run("errors", true, change), message);
      assert.deepEqual(pulumi.imported, []);
      assert.equal(stackFile(), "as it was");
    }
  });

  it("tells of an update that ended while the state was written", async () => {
    pulumi.whileImporting = () => {
      pulumi.history = [{ kind: "update", startTime: "2026-05-01T10:01:00Z" }, ...pulumi.history];
    };
    await assert.rejects(run("errors"), /an update of this stack ended at the same moment(.|\n)*preview --refresh/);
  });

  it("leaves a copy of the state that only this user may read", async () => {
    const before = pulumi.exported;
    await run("errors");
    const [copy = ""] = copies();
    const path = join(folder, ".delivery/state/prod", copy);
    assert.equal(readFileSync(path, "utf8"), before);
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it("keeps the last ten copies", async () => {
    for (let count = 0; count < 12; count++) await keepCopy(String(count), "prod", folder);
    assert.equal(copies().length, 10);
    const newest = (await newestCopy("organization/delivery/prod", folder)) ?? "";
    assert.equal(readFileSync(join(folder, newest), "utf8"), "11");
  });

  it("sets the part off only when it has left the state: an update in between would delete it at the service", async () => {
    await run("errors");
    assert.equal(pulumi.fileWhileImporting, "as it was");
    assert.equal(stackFile(), "off");
  });

  it("changes neither state nor file when one of them cannot be written", async () => {
    pulumi.fails.add("config");
    await assert.rejects(run("errors"), /delivery:errors cannot be set to off: read-only\nNothing was changed\./);
    assert.deepEqual(pulumi.changes, []);
    assert.equal(stackFile(), "as it was");
    pulumi.fails.delete("config");
    pulumi.fails.add("stack");
    await assert.rejects(run("errors"), /`pulumi stack import` failed: read-only\nNothing was changed\./);
    assert.equal(stackFile(), "as it was");
  });

  const refusals: readonly [what: string, part: PartName, config: Record<string, string>, message: RegExp][] = [
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
