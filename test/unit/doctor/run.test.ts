import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Check, CheckContext } from "../../../cli/doctor/check.ts";
import type { Facts } from "../../../cli/doctor/facts.ts";
import { notChecked, ok, problem, warn } from "../../../cli/doctor/finding.ts";
import { runChecks } from "../../../cli/doctor/run.ts";

describe("delivery doctor: the runner", () => {
  const about = { area: "Here", asks: "", finds: "" } as const;
  const check = (id: string, run: Check["run"], rest: Partial<Check> = {}): Check => ({
    ...about,
    id,
    title: id,
    run,
    ...rest,
  });
  const contextOf = (signal = new AbortController().signal): CheckContext => {
    const unused = () => {
      throw new Error("no service is asked");
    };
    const readers = { github: unused, circleci: unused, sentry: unused, render: unused };
    return { facts: {} as Facts, readers, env: {}, signal };
  };
  const run = async (checks: readonly Check[], limitMs = 1000): Promise<Record<string, string[]>> => {
    const rows = await runChecks(checks, contextOf(), limitMs);
    return Object.fromEntries(
      rows.map((row) => [row.check.id, row.findings.map(({ result, found }) => `${result}: ${found}`)]),
    );
  };

  it("runs each check once, in the order of the list, and leaves out what does not apply", async () => {
    let runs = 0;
    const first = check("first", async () => {
      runs += 1;
      return ok("fine");
    });
    const after = ["a", "b"].map((id) => check(id, async () => ok(id), { needs: ["first"] }));
    const off = check("off", async () => ok("never"), { applies: () => false });
    assert.deepEqual(await run([...after, off, first]), { a: ["ok: a"], b: ["ok: b"], first: ["ok: fine"] });
    assert.equal(runs, 1);
  });

  it("does not run what waits for a problem or an unknown, and does after a warning", async () => {
    const results = [problem("bad", "mend"), notChecked("unknown"), warn("odd", "look")];
    const found = await run(
      results.flatMap((result, at) => [
        check(`first${at}`, async () => result),
        check(`then${at}`, async () => ok("ran"), { needs: [`first${at}`] }),
        check(`last${at}`, async () => ok("ran"), { needs: [`then${at}`] }),
      ]),
    );
    assert.deepEqual(
      [found["then0"], found["last0"]],
      [["not checked: waits for: first0"], ["not checked: waits for: then0"]],
    );
    assert.deepEqual(found["then1"], ["not checked: waits for: first1"]);
    assert.deepEqual(found["last2"], ["ok: ran"]);
  });

  it("takes an error for a problem, and one that takes too long for one, without waiting for it", async () => {
    let aborted = false;
    const slow = check("slow", async ({ signal }) => {
      await sleep(60_000, undefined, { signal }).catch(() => {
        aborted = true;
      });
      return ok("late");
    });
    const failing = check("failing", async () => {
      throw new Error("no route\nto the host");
    });
    assert.deepEqual(await run([slow, failing], 50), {
      slow: ["problem: no answer within 0.05 s"],
      failing: ["problem: no route"],
    });
    assert.ok(aborted);
  });

  it("ends with the command", async () => {
    const stop = new AbortController();
    const waiting = runChecks([check("slow", () => new Promise(() => {}))], contextOf(stop.signal), 60_000);
    stop.abort(new Error("interrupted"));
    await assert.rejects(waiting, /interrupted/);
  });
});
