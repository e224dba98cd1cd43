import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunResult } from "../../cli/child-process.ts";
import { silentProgress } from "../../cli/progress.ts";
import { previousRelease, type Release, readReleases } from "../../cli/releases/releases.ts";
import { releasesText } from "../../cli/releases/report.ts";
import { type Rollback, rollback } from "../../cli/releases/rollback.ts";
import { readUpdates } from "../../cli/releases/updates.ts";

/** An engine with a stack file that can be read and written, and commands that can be told to fail. */
class FakePulumi {
  readonly file = new Map<string, string>();
  readonly commands: string[] = [];
  readonly fails = new Map<string, string>();
  resources: object[] = [{ urn: "u", type: "render:index:WebService", id: "srv-1" }];
  pending: object[] = [];
  /** What an update does at Render. */
  onUp = (): void => {};
  history: object[] = [];

  async run(...args: readonly string[]): Promise<RunResult> {
    const [command = "", action, ...rest] = args;
    this.commands.push(command === "config" ? `config ${action}` : command === "stack" ? `stack ${action}` : command);
    const failure = this.fails.get(command);
    if (command === "up") this.onUp();
    if (failure) return { code: 1, stdout: "", stderr: `error: ${failure}\n` };
    const path = rest.find((word) => word.startsWith("delivery:")) ?? "";
    if (command === "config" && action === "get") {
      const value = this.file.get(path);
      return { code: value === undefined ? 1 : 0, stdout: `${value ?? ""}\n`, stderr: "" };
    }
    if (command === "config" && action === "set") this.file.set(path, rest[rest.indexOf(path) + 1] ?? "");
    if (command === "config" && action === "rm") this.file.delete(path);
    const shown = action === "history" ? this.history : { deployment: this.state };
    return { code: 0, stdout: JSON.stringify(shown), stderr: "" };
  }

  get state(): object {
    return { resources: this.resources, pending_operations: this.pending };
  }

  /** Commands that change something. */
  get changes(): string[] {
    return this.commands.filter((command) => !/^(stack|config get)/.test(command));
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
  let pulumi: FakePulumi;
  const { signal } = new AbortController();

  before(async () => {
    render = createServer((_, response) => {
      response.setHeader("content-type", "application/json").end(JSON.stringify(deploys));
    });
    await new Promise<void>((ready) => render.listen(0, "127.0.0.1", ready));
    const { port } = render.address() as AddressInfo;
    env = { RENDER_API_KEY: "key", RENDER_BASE_URL: `http://127.0.0.1:${port}` };
  });
  beforeEach(() => {
    pulumi = new FakePulumi();
    pulumi.onUp = () => deploys.unshift(deploy("dep-5", pulumi.file.get("delivery:image.tag") ?? "", "live", 50));
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
    render.close(done);
  });

  const releases = async (): Promise<Release[]> => readReleases("srv-1", await readUpdates(pulumi), { env, signal });
  const roll = (tag?: string, agreed = true): Promise<Rollback> =>
    rollback({ pulumi, context: { env, signal }, progress: silentProgress, tag, confirm: async () => agreed });

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

  it("pin the tag before, preview, then update, from mode build", async () => {
    const { from, to, deploy: serving } = await roll();
    assert.deepEqual([from, to, serving], ["v3", "v2", "dep-5"]);
    assert.deepEqual(pulumi.changes, ["config set", "config set", "preview", "refresh", "up"]);
    assert.deepEqual(
      [...pulumi.file],
      [
        ["delivery:image.delivery", "pinned"],
        ["delivery:image.tag", "v2"],
      ],
    );
  });

  it("change the tag alone in mode pinned, and take the tag that is named", async () => {
    pulumi.file.set("delivery:image.delivery", "pinned").set("delivery:image.tag", "v3");
    assert.equal((await roll("v1")).to, "v1");
    assert.deepEqual(pulumi.changes, ["config set", "preview", "refresh", "up"]);
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

  it("put the stack's file back when the preview refuses", async () => {
    pulumi.file.set("delivery:image.revision", "2");
    pulumi.fails.set("preview", "the registry has no tag v9");
    await assert.rejects(roll("v9"), /^UserError: the registry has no tag v9\nNothing was changed/);
    assert.deepEqual([...pulumi.file], [["delivery:image.revision", "2"]]);
    assert.ok(!pulumi.changes.includes("up"));
  });

  it("say what the file says when the update fails", async () => {
    pulumi.fails.set("up", "deploy dep-5 failed");
    await assert.rejects(roll(), /deploy dep-5 failed\nThe stack's file names v2; run `pulumi up`/);
  });

  it("change nothing without agreement, a release to go back to, a site, a key, or while an operation is pending", async () => {
    await assert.rejects(roll(undefined, false), /Nothing was changed/);
    pulumi.pending = [{ type: "creating", resource: { urn: "urn:a::b::c::image", type: "t" } }];
    await assert.rejects(roll(), /image \(creating\)(.|\n)*delivery recover/);
    pulumi.pending = [];
    pulumi.resources = [];
    await assert.rejects(roll(), /The stack has no site/);
    pulumi.resources = [{ urn: "u", type: "render:index:WebService", id: "srv-1" }];
    deploys = [];
    await assert.rejects(roll(), /No release of another tag(.|\n)*delivery rollback TAG/);
    env = { ...env, RENDER_API_KEY: "" };
    await assert.rejects(roll(), /RENDER_API_KEY is not in the environment/);
    assert.deepEqual(pulumi.changes, []);
  });
});
