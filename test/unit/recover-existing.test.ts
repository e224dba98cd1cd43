/** What a failed update has made without its answer having arrived: whose it is, and how it comes into the state. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "../../cli/child-process.ts";
import { silentProgress } from "../../cli/progress.ts";
import type { Answers } from "../../cli/recover/decision.ts";
import { doubles } from "../../cli/recover/doubles.ts";
import { type Claim, claimOf } from "../../cli/recover/existing.ts";
import type { StateResource } from "../../cli/recover/exported-stack.ts";
import { failedSince } from "../../cli/recover/failed-since.ts";
import { holderOf } from "../../cli/recover/other-stacks.ts";
import { readStack } from "../../cli/recover/read-stack.ts";
import type { Candidate, Recipes } from "../../cli/recover/recipe.ts";
import { settleExisting } from "../../cli/recover/settle-existing.ts";
import { keepCopy } from "../../cli/state/copy.ts";
import { ConnectionError } from "../../providers/kit/service-error.ts";

const PREFIX = "urn:pulumi:prod::site::";
const STACK = { urn: `${PREFIX}pulumi:pulumi:Stack::site-prod`, type: "pulumi:pulumi:Stack" };
const crate = (name: string, inputs: object = { name }): StateResource => ({
  urn: `${PREFIX}shop:index:Crate::${name}`,
  type: "shop:index:Crate",
  parent: STACK.urn,
  protect: false,
  delete: false,
  inputs: { ...inputs },
});
const FAILED = "2026-11-24T10:00:00.700Z";
const DURING: Candidate = { importId: "shop/c-1", stateId: "c-1", madeAt: "2026-11-24T10:00:01Z" };
const AT_ONCE: Candidate = { ...DURING, madeAt: "2026-11-24T10:00:00.900Z" };
const BEFORE: Candidate = { ...DURING, madeAt: "2026-11-24T09:59:59Z" };

describe("delivery recover: what exists without being in the state", () => {
  const claims: readonly [
    what: string,
    candidates: Candidate[],
    verdict: Claim["verdict"],
    reason: RegExp,
    more?: object,
  ][] = [
    ["was made while the update ran", [DURING], "own", /after the failed update began/],
    ["was made in the second of its start", [AT_ONCE], "unclear", /in the very second/],
    ["was made before it", [BEFORE], "unclear", /before the failed update began/],
    ["has no time", [{ ...DURING, madeAt: undefined }], "unclear", /When it was made, the service does not tell/],
    ["is one of several", [DURING, { ...DURING, importId: "shop/c-2" }], "unclear", /any of .*c-1.*c-2/],
    [
      "is otherwise than declared",
      [{ ...DURING, conflict: "its content is another" }],
      "unclear",
      /content is another/,
    ],
    ["is another stack's", [DURING], "unclear", /belongs to the stack staging/, { holder: async () => "staging" }],
    ["was there although no update failed", [DURING], "unclear", /No update has failed/, { failedSince: undefined }],
  ];
  for (const [what, candidates, verdict, reason, more] of claims)
    it(`is taken for ${verdict === "own" ? "the update's" : "maybe somebody else's"} when it ${what}`, async () => {
      const circumstances = { failedSince: FAILED, holder: async () => undefined, ...more };
      const claim = await claimOf({ resource: crate("apples"), what: "crate apples", candidates }, circumstances);
      assert.equal(claim.verdict, verdict);
      assert.match(claim.reason, reason);
    });

  it("counts from the first of the updates that have failed since one ended well", async () => {
    const run = (kind: string, result: string, startTime: string) => ({ kind, result, startTime });
    const histories: readonly [object[], string | undefined][] = [
      [
        [
          run("update", "failed", "3"),
          run("refresh", "succeeded", "2b"),
          run("update", "failed", "2"),
          run("update", "succeeded", "1"),
        ],
        "2",
      ],
      [[run("update", "succeeded", "2"), run("update", "failed", "1")], undefined],
      [[run("update", "failed", "1")], "1"],
      [[], undefined],
    ];
    for (const [history, expected] of histories) {
      const pulumi = { run: async () => ({ code: 0, stdout: JSON.stringify(history), stderr: "" }) };
      assert.equal(await failedSince(pulumi), expected);
    }
  });

  it("finds the other stack of the backend that has it, and reads each once", async () => {
    const exports: string[] = [];
    const state = JSON.stringify({ deployment: { resources: [{ ...crate("apples"), id: "c-1" }] } });
    const told = (stdout: string): RunResult => ({ code: 0, stdout, stderr: "" });
    const list = JSON.stringify(["prod", "organization/site/staging", "broken"].map((name) => ({ name })));
    const holder = holderOf({ run: async () => told(list) }, "prod", async (stack) => ({
      run: async () => {
        exports.push(stack);
        return stack === "broken" ? { ...told(""), code: 1 } : told(state);
      },
    }));
    assert.equal(await holder("shop:index:Crate", "c-1"), "staging");
    assert.equal(await holder("shop:index:Crate", "c-2"), undefined);
    assert.deepEqual(exports, ["organization/site/staging", "broken"]);
  });

  it("names what exists twice where the service allows that, and leaves it", async () => {
    const box = { ...crate("apples"), id: "c-1" };
    const find = async () => [DURING, { ...DURING, importId: "shop/c-9", stateId: "c-9" }];
    const recipe = { kind: "crate", describe: () => '"apples"', find };
    const around = { stack: { resources: [box], pending: [] }, env: {}, signal: new AbortController().signal };
    const [told, ...more] = await doubles({ "shop:index:Crate": { ...recipe, mayRepeat: true } }, around);
    assert.match(told ?? "", /crate "apples" exists more than once: the state holds c-1, and there is shop\/c-9/);
    assert.deepEqual(more, []);
    assert.deepEqual(await doubles({ "shop:index:Crate": recipe }, around), []);
  });

  describe("settled", () => {
    /** Objects of the service, by name; those in the state; what differs from the program. */
    let objects: Map<string, Candidate>;
    let inState: Map<string, string>;
    let different: Set<string>;
    let commands: string[];
    const program = [crate("apples"), crate("pears"), crate("on apples", { name: "on apples", below: "apples" })];
    let folder: string;
    let here: string;
    beforeEach(() => {
      here = process.cwd();
      folder = mkdtempSync(join(tmpdir(), "delivery-recover-test-"));
      process.chdir(folder);
      objects = new Map();
      inState = new Map();
      different = new Set();
      commands = [];
    });
    const recipes: Recipes = {
      "shop:index:Crate": {
        kind: "crate",
        describe: ({ inputs }) => String(inputs["name"]),
        // A key below another is not known before that one is in the state.
        find: async ({ inputs: { name, below } }) => {
          if (below !== undefined && !inState.has(String(below))) throw new Error("not known yet");
          const object = objects.get(String(name));
          return object ? [object] : [];
        },
      },
    };
    const pulumi = {
      async run(...args: readonly string[]): Promise<RunResult> {
        const done = (stdout = ""): RunResult => ({ code: 0, stdout, stderr: "" });
        const [command = "", action] = args;
        const file = (): {
          resources: { logicalName: string; id: string }[];
          deployment: { resources: StateResource[] };
        } => JSON.parse(readFileSync(args[args.indexOf("--file") + 1] ?? "", "utf8"));
        if (command === "preview") {
          const steps = program.map(({ urn, inputs, ...one }) => {
            const name = String(inputs["name"]);
            const op = !inState.has(name) ? "create" : different.has(name) ? "update" : "same";
            return { op, urn, newState: { ...one, custom: true, inputs } };
          });
          return done(JSON.stringify({ steps }));
        }
        if (command === "whoami") return done('{"url":"s3://states"}');
        if (action === "history") return done("[]");
        if (action === "export") {
          const resources = program.flatMap((one) => {
            const id = inState.get(String(one.inputs["name"]));
            return id === undefined ? [] : [{ ...one, id }];
          });
          return done(JSON.stringify({ deployment: { resources: [STACK, ...resources] } }));
        }
        commands.push(command === "stack" ? `stack ${action}` : command);
        if (command === "import")
          for (const { logicalName, id } of file().resources) inState.set(logicalName, id.replace("shop/", ""));
        if (action === "import") {
          const names = file().deployment.resources.map(({ inputs }) => String(inputs?.["name"]));
          for (const name of inState.keys()) if (!names.includes(name)) inState.delete(name);
        }
        return done();
      },
    };
    afterEach(() => {
      process.chdir(here);
      rmSync(folder, { recursive: true });
    });
    const settle = (answers: Answers = new Map(), isOurs = false, known = recipes) =>
      settleExisting({
        ...{ pulumi, progress: silentProgress, recipes: known, answers, env: {}, signal: new AbortController().signal },
        ...{ failedSince: FAILED, holder: async () => undefined, agree: async () => true, isOurs: async () => isOurs },
      });
    const names = (found: readonly Claim[]): string[] => found.map(({ resource }) => String(resource.inputs["name"]));

    it("imports what the update made, then what stands below it and could not be looked up before", async () => {
      objects.set("apples", DURING).set("on apples", { ...DURING, importId: "shop/c-3", stateId: "c-3" });
      const { imported, left } = await settle();
      assert.deepEqual([names(imported), left], [["apples", "on apples"], []]);
      assert.deepEqual(
        [...inState],
        [
          ["apples", "c-1"],
          ["on apples", "c-3"],
        ],
      );
    });

    it("takes it out of the state again when it is not as declared", async () => {
      objects.set("apples", DURING);
      different.add("apples");
      const { imported, left } = await settle();
      assert.deepEqual([names(imported), names(left), inState.size], [[], ["apples"], 0]);
      assert.match(left[0]?.reason ?? "", /not as the program declares it/);
    });

    it("leaves what may be somebody else's, unless a person says that it is this stack's", async () => {
      objects.set("apples", BEFORE);
      assert.deepEqual(names((await settle()).left), ["apples"]);
      assert.deepEqual(commands, []);
      assert.deepEqual(names((await settle(new Map(), true)).imported), ["apples"]);
    });

    it("tells what a service would not say: nothing is proved by that", async () => {
      const request = { service: "Shop", method: "GET", path: "/crates" };
      const failure = new ConnectionError(request, "http://shop.example", true, "connection refused");
      const refusing = {
        "shop:index:Crate": { kind: "crate", describe: () => "one", find: () => Promise.reject(failure) },
      };
      const { imported, left, problems } = await settle(new Map(), false, refusing);
      assert.deepEqual([imported, left, problems.length], [[], [], 3]);
      assert.match(problems[0] ?? "", /^Whether crate apples exists is not known\. .*Shop GET \/crates/);
    });

    it("imports what is named, whatever the service says, and forgets what is said to be nobody's", async () => {
      objects.set("pears", BEFORE);
      const answers: Answers = new Map<string, { importId: string } | "clear">([
        [program[0]?.urn ?? "", { importId: "shop/c-7" }],
        [program[1]?.urn ?? "", "clear"],
      ]);
      const { imported, left } = await settle(answers);
      assert.deepEqual([names(imported), left, [...inState]], [["apples"], [], [["apples", "c-7"]]]);
    });
  });

  it("names the last copy of a state that cannot be read, and how it comes back", async () => {
    const folder = mkdtempSync(join(tmpdir(), "delivery-recover-test-"));
    const here = process.cwd();
    process.chdir(folder);
    try {
      const stderr = "error: could not export: unexpected end of JSON input";
      const pulumi = { run: async () => ({ code: 1, stdout: "", stderr }) };
      await assert.rejects(readStack(pulumi, "prod"), (error: Error) => !error.message.includes("stack import"));
      const copy = await keepCopy("{}", "prod", folder);
      await assert.rejects(readStack(pulumi, "prod"), (error: Error) => {
        assert.match(error.message, /unexpected end of JSON input/);
        assert.ok(error.message.includes(`stack import --stack prod --file ${copy}`), error.message);
        return true;
      });
    } finally {
      process.chdir(here);
      rmSync(folder, { recursive: true });
    }
  });
});
