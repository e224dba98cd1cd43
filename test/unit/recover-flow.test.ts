import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { PassThrough } from "node:stream";
import type { RunResult } from "../../cli/child-process.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { PulumiRunOptions } from "../../cli/pulumi.ts";
import { type Answers, type Recovery, recover } from "../../cli/recover/index.ts";

const PREFIX = "urn:pulumi:prod::site::";
const STACK = `${PREFIX}pulumi:pulumi:Stack::site-prod`;
const PARENT = `${PREFIX}app:index:Part::part`;
const CRATE = `${PREFIX}app:index:Part$shop:index:Crate::crate::of apples`;
const BOX = `${PREFIX}shop:index:Box::box`;
const IMAGE = `${PREFIX}docker-build:index:Image::image`;
const SHOP = `${PREFIX}pulumi:providers:shop::default`;

const stack = { urn: STACK, type: "pulumi:pulumi:Stack" };
const part = { urn: PARENT, type: "app:index:Part", custom: false, inputs: {} };
const crate = { urn: CRATE, type: "shop:index:Crate", parent: PARENT, provider: `${SHOP}::p-1`, inputs: {} };
const box = { urn: BOX, type: "shop:index:Box", parent: STACK, provider: `${SHOP}::p-1`, protect: true };
const image = { urn: IMAGE, type: "docker-build:index:Image", parent: STACK };

/** An engine that answers from a script and remembers what it was asked. */
class ScriptedPulumi {
  readonly commands: string[][] = [];
  readonly importFiles: unknown[] = [];
  pending: unknown[] = [];
  answers: Record<string, Partial<RunResult>[]> = {};

  runWith(_: PulumiRunOptions, ...args: readonly string[]): Promise<RunResult> {
    return this.run(...args);
  }

  async run(...args: readonly string[]): Promise<RunResult> {
    this.commands.push([...args]);
    const [command = ""] = args;
    if (command === "import")
      this.importFiles.push(JSON.parse(readFileSync(args[args.indexOf("--file") + 1] ?? "", "utf8")));
    // The comparison with the services, which has tests of its own, finds nothing.
    if (args.includes("--event-log")) return { code: 0, stdout: "", stderr: "" };
    if (args[1] === "history") return { code: 0, stdout: "[]", stderr: "" };
    if (args[1] === "ls") return { code: 0, stdout: "[]", stderr: "" };
    const answer = { code: 0, stdout: "", stderr: "", ...this.answers[command]?.shift() };
    if (command === "refresh" && answer.code === 0) this.pending = [];
    if (command === "stack" && answer.stdout === "") {
      return {
        ...answer,
        stdout: JSON.stringify({ deployment: { resources: [stack, part], pending_operations: this.pending } }),
      };
    }
    if (command === "whoami") return { ...answer, stdout: '{"url":"https://app.pulumi.com/acme"}' };
    if (command === "preview" && answer.stdout === "") return { ...answer, stdout: '{"steps":[]}' };
    return answer;
  }

  /** Commands besides those that only read. */
  get changes(): string[] {
    return this.commands
      .map(([command = ""]) => command)
      .filter((command) => !["whoami", "stack", "preview"].includes(command));
  }
}

describe("delivery recover: what it does", () => {
  let pulumi: ScriptedPulumi;
  beforeEach(() => {
    pulumi = new ScriptedPulumi();
  });

  const run = (answers: Answers = new Map(), agreed = true): Promise<Recovery> =>
    recover({
      pulumi,
      context: {
        env: {},
        signal: new AbortController().signal,
        stdout: new PassThrough(),
        stderr: new PassThrough() as unknown as NodeJS.WriteStream,
      },
      progress: silentProgress,
      answers,
      stack: "prod",
      openStack: async () => pulumi,
      confirm: async () => agreed,
      isOurs: async () => false,
    });
  const both: Answers = new Map([
    [CRATE, { importId: "c-1" }],
    [BOX, { importId: "b=1" }],
  ]);

  it("imports with the URN, parent, provider and protection of the program, then clears, then previews", async () => {
    pulumi.pending = [
      { type: "creating", resource: crate },
      { type: "creating", resource: crate },
      { type: "creating", resource: box },
      { type: "updating", resource: stack },
    ];
    pulumi.answers = {
      preview: [{ stdout: `{"steps":[{"op":"update","urn":"${CRATE}"},{"op":"same","urn":"${BOX}"}]}` }],
    };
    const { decisions, plan } = await run(both);
    assert.equal(decisions.length, 3, "a second attempt at the same resource is the same question");
    assert.deepEqual(plan, { update: 1 });
    assert.deepEqual(pulumi.changes, ["import", "import", "refresh"]);
    const previews = pulumi.commands.filter(([command, ...rest]) => command === "preview" && rest.includes("--json"));
    assert.equal(previews.length, 1, "what finds nothing more is the proof");
    assert.deepEqual(pulumi.importFiles, [
      {
        nameTable: { parent0: PARENT, provider0: SHOP },
        resources: [
          {
            type: "shop:index:Crate",
            logicalName: "crate::of apples",
            name: "resource0",
            id: "c-1",
            parent: "parent0",
            provider: "provider0",
          },
        ],
      },
      {
        nameTable: { provider0: SHOP },
        resources: [
          { type: "shop:index:Box", logicalName: "box", name: "resource0", id: "b=1", provider: "provider0" },
        ],
      },
    ]);
    const [first, second] = pulumi.commands.filter(([command]) => command === "import");
    assert.ok(first?.includes("--protect=false"));
    assert.ok(second?.includes("--protect=true"));
    const refresh = pulumi.commands.find(([command]) => command === "refresh") ?? [];
    assert.deepEqual(refresh.slice(0, 6), ["refresh", "--clear-pending-creates", "--target", STACK, "--target", STACK]);
  });

  it("changes nothing when it cannot decide, and says how the user can", async () => {
    pulumi.pending = [{ type: "creating", resource: crate }];
    await assert.rejects(run(), (error: Error) => {
      assert.match(error.message, /1 operation was interrupted:\n\n {2}shop:index:Crate crate::of apples\n/);
      assert.ok(error.message.includes(`--import '${CRATE}=ID'`), error.message);
      assert.ok(error.message.includes(`--clear '${CRATE}'`), error.message);
      return true;
    });
    assert.deepEqual(pulumi.changes, []);
  });

  it("changes nothing when the user does not agree", async () => {
    pulumi.pending = [{ type: "creating", resource: image }];
    await assert.rejects(run(new Map(), false), /Nothing was changed\.\n.*--yes/);
    assert.deepEqual(pulumi.changes, []);
  });

  it("refuses an answer about a resource that is not pending", async () => {
    await assert.rejects(run(new Map([[BOX, "clear"]])), /No operation is pending on .*Box::box/);
    assert.deepEqual(pulumi.changes, []);
  });

  it("previews twice for an answer about what the next up would create: before, and as the proof", async () => {
    const create = { op: "create", urn: BOX, newState: { ...box, custom: true, inputs: {} } };
    pulumi.answers = {
      preview: [
        { stdout: JSON.stringify({ steps: [create] }) },
        { stdout: `{"steps":[{"op":"same","urn":"${BOX}"}]}` },
      ],
    };
    const { imported } = await run(new Map([[BOX, { importId: "b-1" }]]));
    assert.deepEqual(
      imported.map(({ resource }) => resource.urn),
      [BOX],
    );
    const previews = pulumi.commands.filter(([command, ...rest]) => command === "preview" && rest.includes("--json"));
    assert.equal(previews.length, 2);
  });

  it("previews again before it takes anything when what was interrupted is settled meanwhile", async () => {
    const create = { op: "create", urn: BOX, newState: { ...box, custom: true, inputs: {} } };
    const missing = { stdout: JSON.stringify({ steps: [create] }) };
    pulumi.pending = [{ type: "creating", resource: image }];
    pulumi.answers = { preview: [missing, missing, { stdout: `{"steps":[{"op":"same","urn":"${BOX}"}]}` }] };
    const { imported } = await run(new Map([[BOX, { importId: "b-1" }]]));
    assert.equal(imported.length, 1);
    const previews = pulumi.commands.filter(([command, ...rest]) => command === "preview" && rest.includes("--json"));
    assert.equal(previews.length, 3);
  });

  it("keeps the marks when an import fails, and passes the engine's reason on", async () => {
    pulumi.pending = [{ type: "creating", resource: crate }];
    pulumi.answers = { import: [{ code: 255, stdout: "Importing\nerror: crate c-1 does not exist\n" }] };
    await assert.rejects(run(new Map([[CRATE, { importId: "c-1" }]])), {
      message: /^`pulumi import` failed: crate c-1 does not exist\n.*recover again/,
    });
    assert.deepEqual(pulumi.changes, ["import"]);
  });

  it("fails when the next up would make an imported resource again", async () => {
    for (const op of ["create", "create-replacement", "delete"]) {
      pulumi.pending = [{ type: "creating", resource: crate }];
      pulumi.answers = { preview: [{ stdout: `{"steps":[{"op":"${op}","urn":"${CRATE}"}]}` }] };
      const rejection = { message: new RegExp(`not keep what was imported: crate::of apples \\(${op}\\)`) };
      await assert.rejects(run(new Map([[CRATE, { importId: "c-1" }]])), rejection);
    }
  });

  it("says that the stack is recovered when only the preview fails", async () => {
    pulumi.pending = [{ type: "creating", resource: image }];
    const stdout = '{"diagnostics":[{"severity":"error","message":"RENDER_API_KEY is not in the environment"}]}';
    pulumi.answers = { preview: [{ code: 255, stdout }] };
    await assert.rejects(run(), /is recovered, but its preview fails: RENDER_API_KEY is not in the environment\n/);
  });

  it("fails when nothing can be looked up, and passes on why", async () => {
    const wrong = { code: 255, stderr: "error: getting stack configuration: incorrect passphrase\n" };
    const broken = {
      code: 255,
      stdout: '{"diagnostics":[{"severity":"error","message":"delivery:site.plan is missing"}]}',
    };
    for (const [answer, said] of [
      [
        wrong,
        /could not be previewed: .*incorrect passphrase\n.*PULUMI_CONFIG_PASSPHRASE(.|\n)*\nThen run this again\.$/,
      ],
      [broken, /could not be previewed: delivery:site\.plan is missing\nFix that, then recover again\.$/],
    ] as const)
      for (const answers of [new Map(), new Map([[BOX, "clear"]])] as Answers[]) {
        pulumi = new ScriptedPulumi();
        pulumi.answers = { preview: [answer] };
        await assert.rejects(run(answers), { message: said });
        assert.ok(!pulumi.changes.includes("import"), "nothing is taken");
      }
  });

  describe("on a locked stack", () => {
    const lockedBy = (host: string, pid: number): Partial<RunResult> => ({
      code: 255,
      stderr: `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n  file:///x.json: created by ops@${host} (pid ${pid}) at 2026-11-24T10:00:00Z\n`,
    });
    /** More than any system gives to a process. */
    const ENDED = 2 ** 22 + 1;

    it("removes the lock of a process of this machine that has ended, also when nothing is pending", async () => {
      pulumi.answers = { refresh: [lockedBy(hostname(), ENDED)] };
      assert.deepEqual(await run(), { decisions: [], refreshed: [], imported: [], notes: [] });
      assert.deepEqual(pulumi.changes, ["refresh", "cancel", "refresh"]);
    });

    it("leaves the lock of a process that runs, or of another machine, and names it", async () => {
      const owners = [
        [hostname(), process.pid],
        ["build-7", ENDED],
      ] as const;
      for (const [host, pid] of owners) {
        pulumi = new ScriptedPulumi();
        pulumi.pending = [{ type: "creating", resource: image }];
        pulumi.answers = { refresh: [lockedBy(host, pid)] };
        await assert.rejects(run(), {
          message: new RegExp(`locked by ops@${host}, process ${pid}, since 2026.*\\n.*pulumi cancel`),
        });
        assert.deepEqual(pulumi.changes, ["refresh"]);
      }
    });

    it("leaves an update that Pulumi Cloud takes for running", async () => {
      pulumi.pending = [{ type: "creating", resource: image }];
      pulumi.answers = {
        refresh: [{ code: 255, stderr: "error: [409] Conflict: Another update is currently in progress.\n" }],
      };
      await assert.rejects(run(), /locked: \[409\] Conflict: Another update is currently in progress\./);
      assert.deepEqual(pulumi.changes, ["refresh"]);
    });
  });
});
