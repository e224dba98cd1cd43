import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "../../cli/child-process.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { PulumiRunOptions } from "../../cli/pulumi.ts";
import { previousRelease, type Release, readReleases } from "../../cli/releases/releases.ts";
import { releasesText } from "../../cli/releases/report.ts";
import { type Rollback, rollback } from "../../cli/releases/rollback.ts";
import { readUpdates } from "../../cli/releases/updates.ts";

const SITE = "urn:pulumi:prod::delivery::render:index:WebService::site";
const PART = "urn:pulumi:prod::delivery::delivery:environment:Site::site part";
const IMAGE = "urn:pulumi:prod::delivery::docker-build:index:Image::image";

/** An engine with a stack file, and copies of it, that can be read and written, and commands that can be told to fail. */
class FakePulumi {
  /** The stack's own file. */
  readonly file = new Map<string, string>();
  /** The copy that the settings are tried in. */
  copy = new Map<string, string>();
  readonly commands: string[] = [];
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
  #copied = "";

  run(...args: readonly string[]): Promise<RunResult> {
    return this.runWith({}, ...args);
  }

  async runWith({ env }: PulumiRunOptions, ...args: readonly string[]): Promise<RunResult> {
    const [command = "", action, ...rest] = args;
    const copied = env?.["PULUMI_OPTION_CONFIG_FILE"];
    const file = copied === undefined ? this.file : this.#copyAt(copied);
    const place = copied === undefined ? "" : " in a copy";
    const targets = args.filter((_, index) => args[index - 1] === "--target");
    const scope = [
      ...(args.includes("--refresh") ? ["refreshed"] : []),
      ...targets.map((urn) => urn.split("::").at(-1)),
    ];
    const done = [command, ...(["config", "stack"].includes(command) ? [action] : scope)].join(" ");
    this.commands.push(command === "config" ? `${done}${place}` : done);
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

  #copyAt(path: string): Map<string, string> {
    if (this.#copied !== path) this.copy = new Map(this.file);
    this.#copied = path;
    return this.copy;
  }
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
    writeFileSync(stackFile, "config: {}\n");
    render = createServer((_, response) => {
      response.setHeader("content-type", "application/json").end(JSON.stringify(deploys));
    });
    await new Promise<void>((ready) => render.listen(0, "127.0.0.1", ready));
    const { port } = render.address() as AddressInfo;
    env = { RENDER_API_KEY: "key", RENDER_BASE_URL: `http://127.0.0.1:${port}` };
  });
  beforeEach(() => {
    pulumi = new FakePulumi();
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
    const tried = ["config set in a copy", "config set in a copy"];
    assert.deepEqual(pulumi.changes, [...tried, `preview ${SCOPE}`, `up ${SCOPE}`, "config set", "config set"]);
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
    pulumi.file.set("delivery:image.delivery", "pinned").set("delivery:image.tag", "v3");
    assert.equal((await roll("v1")).to, "v1");
    assert.deepEqual(pulumi.changes, ["config set in a copy", `preview ${SCOPE}`, `up ${SCOPE}`, "config set"]);
    assert.equal(pulumi.file.get("delivery:image.tag"), "v1");
  });

  it("hold the pipeline in mode continuous, which stays the mode", async () => {
    pulumi.file.set("delivery:image.delivery", "continuous").set("delivery:image.tag", "v0");
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
      pulumi.file.set("delivery:image.revision", "2");
      pulumi.fails.set(command, reason);
      await assert.rejects(roll("v9"), message);
      assert.deepEqual([...pulumi.file], [["delivery:image.revision", "2"]]);
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
