import assert from "node:assert/strict";
import { SharedLists } from "../../providers/kit/shared-list.ts";

describe("a list that resources share", () => {
  let now: number;
  let asked: number;
  let lists: SharedLists<string[]>;
  const read = async (): Promise<string[]> => {
    asked += 1;
    return [`answer ${asked}`];
  };
  const lookUp = (item: string, list = "context") => lists.lookUp(list, item, read);
  beforeEach(() => {
    [now, asked] = [0, 0];
    lists = new SharedLists(() => now);
  });

  it("is asked for once, for whatever is looked up in it side by side or one after another", async () => {
    const found = await Promise.all(Array.from({ length: 300 }, (_, at) => lookUp(`V_${at}`)));
    assert.equal(new Set(found.flat()).size, 1);
    await lookUp("ANOTHER");
    assert.equal(asked, 1);
  });

  it("is one for each owner", async () => {
    await Promise.all([lookUp("A", "one"), lookUp("A", "two")]);
    assert.equal(asked, 2);
  });

  it("is asked for again by who wants the same item again, has written it, or comes late", async () => {
    await lookUp("A");
    assert.deepEqual(await lookUp("A"), ["answer 2"]);
    lists.wrote("context", "B");
    assert.deepEqual(await lookUp("B"), ["answer 3"]);
    now = 10_001;
    assert.deepEqual(await lookUp("C"), ["answer 4"]);
  });

  it("answers for nobody else when it failed, or when there is none", async () => {
    for (const first of [() => Promise.reject(new Error("timed out")), async () => undefined]) {
      lists = new SharedLists(() => now);
      const failing = lists.lookUp("context", "A", first).catch((error: Error) => error.message);
      const [failed, other] = await Promise.all([failing, lookUp("B")]);
      assert.ok(failed === "timed out" || failed === undefined);
      assert.ok(other?.[0]?.startsWith("answer"));
      assert.ok((await lookUp("C"))?.[0]?.startsWith("answer"));
    }
    await assert.rejects(
      lists.lookUp("gone", "A", () => Promise.reject(new Error("refused"))),
      /refused/,
    );
  });
});
