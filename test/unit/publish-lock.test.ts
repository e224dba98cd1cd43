/** A stack that somebody else is changing: how it is recognised, and how long it is waited for. */
import assert from "node:assert/strict";
import { LockedError, lockedBy, lockHolder, waitingForLock } from "../../cli/preview/lock.ts";
import { silentProgress } from "../../cli/progress.ts";

const LOCKED = `error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  s3://state/.pulumi/locks/organization/delivery/prod/54cd962c.json: created by ops@laptop (pid 4155) at 2026-11-25T01:44:12Z
  s3://state/.pulumi/locks/organization/delivery/prod/9ab31f00.json: created by root@ci (pid 12) at 2026-11-25T01:44:13+01:00
`;
const patience = { progress: silentProgress, signal: new AbortController().signal };

describe("the lock of a stack", () => {
  it("names who holds it", () => {
    assert.equal(
      lockHolder({ code: 1, stdout: "", stderr: LOCKED }),
      "ops@laptop (process 4155, since 2026-11-25T01:44:12Z) and root@ci (process 12, since 2026-11-25T01:44:13+01:00)",
    );
    assert.match(
      lockedBy("prod", "ops@laptop").message,
      /prod is locked by ops@laptop\. Nothing was changed\.\n.*--wait/,
    );
  });

  it("is known on Pulumi Cloud, which does not say whose it is", () => {
    const stderr = "error: [409] Conflict: Another update is currently in progress.\n";
    assert.equal(lockHolder({ code: 255, stdout: "", stderr }), "another update");
  });

  it("is known when it is removed between being listed and being read", () => {
    const stderr = `SDK WARN Response has no supported checksum.
error: 2 errors occurred:
    1) operation error S3: GetObject, https response error StatusCode: 404, NoSuchKey: The key does not exist.
    2) NotFound
`;
    assert.equal(lockHolder({ code: 1, stdout: "", stderr }), "a run that was just ending");
  });

  it("is not seen in other failures, nor in a run that ended well", () => {
    assert.equal(lockHolder({ code: 1, stdout: "", stderr: "error: no stack named 'prod' found" }), undefined);
    assert.equal(lockHolder({ code: 0, stdout: LOCKED, stderr: "" }), undefined);
  });

  it("is not waited for without being asked to", async () => {
    let attempts = 0;
    const work = async (): Promise<void> => {
      attempts += 1;
      throw lockedBy("prod", "ops@laptop");
    };
    await assert.rejects(waitingForLock(work, { ...patience, minutes: 0 }), LockedError);
    assert.equal(attempts, 1);
  });

  it("is waited for, with a line each time, until it is free or something else goes wrong", async () => {
    const notes: string[] = [];
    const progress = { ...silentProgress, note: (text: string) => void notes.push(text) };
    let attempts = 0;
    const failOnce = (outcome: () => string) => async () => {
      attempts += 1;
      if (attempts === 1) throw lockedBy("prod", "ops@laptop");
      return outcome();
    };
    assert.equal(
      await waitingForLock(
        failOnce(() => "done"),
        { ...patience, progress, minutes: 1 },
      ),
      "done",
    );
    assert.match(
      notes.join("\n"),
      /^The stack prod is locked by ops@laptop\. Nothing was changed\. Trying again in 1 s\.$/,
    );
    attempts = 0;
    const broken = failOnce(() => {
      throw new Error("broken");
    });
    await assert.rejects(waitingForLock(broken, { ...patience, minutes: 1 }), /^Error: broken$/);
  });

  it("ends at once when the command is interrupted, also during a pause", async () => {
    const abort = new AbortController();
    const progress = { ...silentProgress, note: () => setImmediate(() => abort.abort(new Error("interrupted"))) };
    const work = async (): Promise<void> => {
      throw lockedBy("prod", "ops@laptop");
    };
    await assert.rejects(
      waitingForLock(work, { ...patience, progress, minutes: 1, signal: abort.signal }),
      /^Error: interrupted$/,
    );
  });
});
