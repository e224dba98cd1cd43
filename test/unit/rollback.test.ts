import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "../../cli/child-process.ts";
import { Interruption } from "../../cli/interruption.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { PulumiRunOptions } from "../../cli/pulumi.ts";
import { previousRelease, type Release, readReleases } from "../../cli/releases/releases.ts";
import { releasesText } from "../../cli/releases/report.ts";
import { type Rollback, rollback } from "../../cli/releases/rollback.ts";
import { readUpdates } from "../../cli/releases/updates.ts";

const SITE = "urn:pulumi:prod::delivery::render:index:WebService::site";
const PART = "urn:pulumi:prod::delivery::delivery:environment:Site::site part";
const IMAGE = "urn:pulumi:prod::delivery::docker-build:index:Image::image";

/** A comment of the user's in the stack's file. */
const COMMENT = "# ours\n";

/** An engine that reads and writes a stack's file, or the copy that it is given, and commands that can be told to fail. */
class FakePulumi {
  readonly #stackFile: string;
  /** What the copy said when the update was made. */
  copy = new Map<string, string>();
  readonly commands: string[] = [];
  /** Is told of each command before it is run. */
  onCommand = (_count: number): void => {};
  readonly fails = new Map<string, string>();
  resources: object[] = [
    {
      urn: PART,
      type: "delivery:environment:Site",
      parent: "urn:pulumi:prod::delivery::pulumi:pulumi:Stack::delivery-prod",
    },
    { urn: SITE, type: "render:index:WebService", id: "srv-1", parent: PART },
    { urn: IMAGE, type: "docker-build:index:Image", id: "sha256:1" },
  ];
  pending: object[] = [];
  /** What an update does at Render. */
  onUp = (): void => {};
  history: object[] = [];

  constructor(stackFile: string) {
    this.#stackFile = stackFile;
  }

  /** What the stack's own file says. */
  get file(): Map<string, string> {
    return settingsIn(this.#stackFile);
  }

  /** Puts settings into the stack's own file, as its user does. */
  set(settings: Record<string, string>): void {
    writeSettings(this.#stackFile, new Map(Object.entries(settings)));
  }

  run(...args: readonly string[]): Promise<RunResult> {
    return this.runWith({}, ...args);
  }

  async runWith({ env }: PulumiRunOptions, ...args: readonly string[]): Promise<RunResult> {
    const [command = "", action, ...rest] = args;
    const copied = env?.["PULUMI_OPTION_CONFIG_FILE"];
    const file = settingsIn(copied ?? this.#stackFile);
    if (copied !== undefined && command === "up") this.copy = file;
    const place = copied === undefined ? "" : " in a copy";
    const targets = args.filter((_, index) => args[index - 1] === "--target");
    const scope = [
      ...(args.includes("--refresh") ? ["refreshed"] : []),
      ...targets.map((urn) => urn.split("::").at(-1)),
    ];
    const done = [command, ...(["config", "stack"].includes(command) ? [action] : scope)].join(" ");
    this.commands.push(command === "config" ? `${done}${place}` : done);
    this.onCommand(this.commands.length);
    const plan = args[args.indexOf("--save-plan") + 1];
    if (args.includes("--save-plan") && plan !== undefined) writeFileSync(plan, '{"resourcePlans":{}}');
    const failure = this.fails.get(command);
    if (failure) return { code: 1, stdout: "", stderr: `error: ${failure}\n` };
    if (command === "up") this.onUp();
    const path = rest.find((word) => word.startsWith("delivery:")) ?? "";
    if (command === "config" && action === "get") {
      const value = file.get(path);
      return { code: value === undefined ? 1 : 0, stdout: `${value ?? ""}\n`, stderr: "" };
    }
    if (command === "config" && action === "set") file.set(path, rest[rest.indexOf(path) + 1] ?? "");
    if (command === "config" && action === "rm") file.delete(path);
    if (command === "config") writeSettings(copied ?? this.#stackFile, file);
    const shown = action === "history" ? this.history : { deployment: this.state };
    return { code: 0, stdout: JSON.stringify(shown), stderr: "" };
  }

  get state(): object {
    return { resources: this.resources, pending_operations: this.pending };
  }

  /** Commands that change something, or look at what would change. */
  get changes(): string[] {
    return this.commands.filter((command) => !/^(stack|config get)/.test(command));
  }
}

function settingsIn(path: string): Map<string, string> {
  const lines = readFileSync(path, "utf8").split("\n");
  return new Map(
    lines.flatMap((line) => [/^(\S+:\S+) (.*)$/.exec(line)?.slice(1) as [string, string]].filter(Boolean)),
  );
}

function writeSettings(path: string, settings: ReadonlyMap<string, string>): void {
  writeFileSync(path, [COMMENT, ...[...settings].map((setting) => `${setting.join(" ")}\n`)].join(""));
}

const deploy = (id: string, tag: string, status: string, minute: number, trigger = "api") => ({
  deploy: {
    id,
    status,
    trigger,
    createdAt: `2026-05-01T10:${String(minute).padStart(2, "0")}:30.5Z`,
    image: { ref: `docker.io/acme/site:${tag}`, sha: "sha256:1" },
  },
});

describe("releases and rollback", () => {
  let render: Server;
  let deploys: object[];
  let env: NodeJS.ProcessEnv;
  let folder: string;
  let stackFile: string;
  let pulumi: FakePulumi;
  const { signal } = new AbortController();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "delivery-rollback-test-"));
    stackFile = join(folder, "Pulumi.prod.yaml");
    render = createServer((_, response) => {
      response.setHeader("content-type", "application/json").end(JSON.stringify(deploys));
    });
    await new Promise<void>((ready) => render.listen(0, "127.0.0.1", ready));
    const { port } = render.address() as AddressInfo;
    env = { RENDER_API_KEY: "key", RENDER_BASE_URL: `http://127.0.0.1:${port}` };
  });
  beforeEach(() => {
    writeFileSync(stackFile, COMMENT);
    pulumi = new FakePulumi(stackFile);
    pulumi.onUp = () => deploys.unshift(deploy("dep-5", pulumi.copy.get("delivery:image.tag") ?? "", "live", 50));
    deploys = [
      deploy("dep-4", "v3", "live", 40),
      deploy("dep-3", "v2-broken", "update_failed", 30),
      deploy("dep-2", "v2", "deactivated", 20, "manual"),
      deploy("dep-1", "v1", "deactivated", 10),
    ];
    pulumi.history = [
      {
        kind: "update",
        version: 7,
        result: "succeeded",
        startTime: "2026-05-01T10:40:00Z",
        endTime: "2026-05-01T10:41:00Z",
      },
      {
        kind: "refresh",
        version: 6,
        result: "succeeded",
        startTime: "2026-05-01T10:20:00Z",
        endTime: "2026-05-01T10:21:00Z",
      },
      {
        kind: "update",
        version: 5,
        result: "failed",
        startTime: "2026-05-01T10:10:00Z",
        endTime: "2026-05-01T10:11:00Z",
      },
    ];
  });
  after((done) => {
    rmSync(folder, { recursive: true });
    render.close(done);
  });

  const releases = async (): Promise<Release[]> => readReleases("srv-1", await readUpdates(pulumi), { env, signal });
  const roll = (tag?: string, agreed = true, all = false): Promise<Rollback> =>
    rollback({
      ...{ pulumi, context: { env, signal }, progress: silentProgress, stack: "prod", stackFile, tag, all },
      ...{ policy: [], waitMinutes: 0, confirm: async () => agreed },
    });
  const SET = "config set in a copy";
  const SCOPE = "refreshed site image site part context-DELIVERY_HOLD";

  it("tell each deploy's tag and status, and which update made it, newest first", async () => {
    deploys.reverse();
    assert.deepEqual(
      (await releases()).map((one) => [one.deploy, one.tag, one.status, one.update ?? one.trigger]),
      [
        ["dep-4", "v3", "live", 7],
        ["dep-3", "v2-broken", "update_failed", "api"],
        ["dep-2", "v2", "deactivated", "manual"],
        ["dep-1", "v1", "deactivated", 5],
      ],
    );
  });

  it("are a table for people", async () => {
    const [headings, newest, ...others] = releasesText(await releases())
      .trimEnd()
      .split("\n");
    assert.match(headings ?? "", /^started \(UTC\) +tag +status +deploy +by$/);
    assert.match(newest ?? "", /^2026-05-01 10:40:30 {2}v3 +live +dep-4 +pulumi up, number 7$/);
    assert.match(others[1] ?? "", /Render: manual$/);
    assert.equal(releasesText([]), "Nothing was deployed yet.\n");
  });

  it("go back to what served before under another tag, past deploys that failed", async () => {
    deploys.splice(1, 0, deploy("dep-3b", "v3", "deactivated", 35));
    assert.equal(previousRelease(await releases())?.tag, "v2");
    deploys = [deploy("dep-1", "v1", "live", 10)];
    assert.equal(previousRelease(await releases()), undefined);
  });

  it("stay with what serves when the newest deploy has failed", async () => {
    deploys.unshift(deploy("dep-5", "v4", "pre_deploy_failed", 50));
    assert.equal(previousRelease(await releases())?.tag, "v3");
  });

  it("fail when another tag serves in the end", async () => {
    pulumi.onUp = () => deploys.unshift(deploy("dep-5", "abc", "live", 50));
    await assert.rejects(roll(), /^UserError: abc serves, not v2\.\nSomething else deploys the site/);
  });

  it("plan the site and its image alone, do that, and pin the tag once it serves, from mode build", async () => {
    const { from, to, deploy: serving } = await roll();
    assert.deepEqual([from, to, serving], ["v3", "v2", "dep-5"]);
    const tried = [SET, SET];
    assert.deepEqual(pulumi.changes, [...tried, `preview ${SCOPE}`, `up ${SCOPE}`, ...tried]);
    assert.deepEqual(
      [...pulumi.file],
      [
        ["delivery:image.delivery", "pinned"],
        ["delivery:image.tag", "v2"],
      ],
    );
  });

  it("let everything else go along only when told to", async () => {
    await roll(undefined, true, true);
    assert.deepEqual(
      pulumi.changes.filter((command) => /^(preview|up)/.test(command)),
      ["preview refreshed", "up refreshed"],
    );
  });

  it("change the tag alone in mode pinned, and take the tag that is named", async () => {
    pulumi.set({ "delivery:image.delivery": "pinned", "delivery:image.tag": "v3" });
    assert.equal((await roll("v1")).to, "v1");
    assert.deepEqual(pulumi.changes, [SET, `preview ${SCOPE}`, `up ${SCOPE}`, SET]);
    assert.equal(pulumi.file.get("delivery:image.tag"), "v1");
  });

  it("hold the pipeline in mode continuous, which stays the mode", async () => {
    pulumi.set({ "delivery:image.delivery": "continuous", "delivery:image.tag": "v0" });
    await roll();
    assert.deepEqual(Object.fromEntries(pulumi.file), {
      "delivery:image.delivery": "continuous",
      "delivery:image.tag": "v2",
      "delivery:image.hold": "true",
    });
  });

  const failures: readonly [where: string, command: string, reason: string, message: RegExp][] = [
    ["preview", "preview", "the registry has no tag v9", /^UserError: the registry has no tag v9\nNothing was changed/],
    [
      "update",
      "up",
      "deploy dep-5 failed",
      /deploy dep-5 failed\nThe stack's file is as it was(.|\n)*rollback v9` again/,
    ],
    [
      "preview for what the site needs and nobody has made",
      "preview",
      `Resource '${SITE}' depends on 'urn:pulumi:prod::delivery::sentry:index:Key::errors-key' which was was not specified in --target list.`,
      /needs what is not deployed yet: errors-key\. Nothing was changed\.\n(.|\n)*rollback v9 --all/,
    ],
  ];
  for (const [where, command, reason, message] of failures)
    it(`leave the stack's file as it was when the ${where} fails`, async () => {
      pulumi.set({ "delivery:image.revision": "2" });
      pulumi.fails.set(command, reason);
      await assert.rejects(roll("v9"), message);
      assert.deepEqual([...pulumi.file], [["delivery:image.revision", "2"]]);
    });

  it("have the stack's file as it was, or as a whole as it shall be, wherever they are interrupted", async () => {
    chmodSync(stackFile, 0o640);
    const before = readFileSync(stackFile, "utf8");
    await roll();
    const commands = pulumi.commands.length;
    const after = readFileSync(stackFile, "utf8");
    assert.notEqual(after, before);
    assert.ok(after.startsWith(COMMENT));
    assert.equal(statSync(stackFile).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder), ["Pulumi.prod.yaml"]);
    for (let last = 1; last <= commands; last += 1) {
      writeFileSync(stackFile, before);
      deploys = deploys.slice(-4);
      pulumi.commands.length = 0;
      pulumi.onCommand = (count) => {
        if (readFileSync(stackFile, "utf8") === after) return;
        assert.equal(readFileSync(stackFile, "utf8"), before);
        if (count === last) throw new Interruption("SIGINT");
      };
      const done = await roll().catch((error: unknown) => error);
      const now = readFileSync(stackFile, "utf8");
      if (!(done instanceof Interruption)) assert.equal(now, after);
      else {
        assert.equal(now, before);
        // What serves already is told, with what writes it down.
        const serves = pulumi.commands.some((command) => command.startsWith("up"));
        if (serves && last < commands)
          assert.match(done.nextStep ?? "", /recover|`npx --no delivery rollback v2` again/);
      }
    }
  });

  it("keep what somebody else writes into the stack's file meanwhile", async () => {
    pulumi.onCommand = () => {
      if (pulumi.commands.at(-1) !== SET || !pulumi.commands.some((command) => command.startsWith("up"))) return;
      if (!pulumi.file.has("delivery:site.plan")) pulumi.set({ "delivery:site.plan": "pro" });
    };
    await roll();
    assert.deepEqual(Object.fromEntries(pulumi.file), {
      "delivery:site.plan": "pro",
      "delivery:image.delivery": "pinned",
      "delivery:image.tag": "v2",
    });
  });

  it("change nothing without agreement, a release to go back to, a site, a key, or while an operation is pending", async () => {
    await assert.rejects(roll(undefined, false), /Nothing was changed/);
    pulumi.pending = [{ type: "creating", resource: { urn: "urn:a::b::c::image", type: "t" } }];
    await assert.rejects(roll(), /image \(creating\)(.|\n)*delivery recover/);
    pulumi.pending = [];
    pulumi.resources = [];
    await assert.rejects(roll(), /The stack has no site/);
    pulumi.resources = [{ urn: SITE, type: "render:index:WebService", id: "srv-1" }];
    deploys = [];
    await assert.rejects(roll(), /No release of another tag(.|\n)*delivery rollback TAG/);
    env = { ...env, RENDER_API_KEY: "" };
    await assert.rejects(roll(), /RENDER_API_KEY is not in the environment/);
    assert.ok(pulumi.changes.every((command) => /^(config set in a copy|preview)/.test(command)));
    assert.equal(pulumi.file.size, 0);
  });
});
