import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStorage, type Storage } from "../../sandbox/services/core/store.ts";

interface Item {
  readonly name: string;
  readonly size: number;
}

describe("the sandbox's store", () => {
  let storage: Storage;
  beforeEach(() => {
    storage = openStorage(":memory:");
  });
  afterEach(() => storage.close());

  it("keeps items in the order of their first write", () => {
    const items = storage.store("github").collection<Item>("item");
    items.put("b", { name: "b", size: 1 });
    items.put("a", { name: "a", size: 2 });
    items.put("b", { name: "b", size: 3 });
    assert.deepEqual(
      items.list().map(({ name, size }) => [name, size]),
      [
        ["b", 3],
        ["a", 2],
      ],
    );
    assert.deepEqual(items.find(({ size }) => size === 2)?.name, "a");
    assert.equal(items.get("c"), undefined);
  });

  it("says whether there was something to delete", () => {
    const items = storage.store("github").collection<Item>("item");
    items.put("a", { name: "a", size: 1 });
    assert.equal(items.delete("a"), true);
    assert.equal(items.delete("a"), false);
  });

  it("keeps kinds and services apart", () => {
    storage.store("github").collection<Item>("item").put("a", { name: "a", size: 1 });
    assert.equal(storage.store("github").collection("other").list().length, 0);
    assert.equal(storage.store("sentry").collection("item").list().length, 0);
  });

  it("counts each sequence from one", () => {
    const store = storage.store("github");
    assert.deepEqual([store.next("x"), store.next("x"), store.next("y")], [1, 2, 1]);
    assert.equal(storage.store("render").next("x"), 1);
  });

  it("rolls back a transaction that throws, and only the inner one when that is caught", () => {
    const store = storage.store("github");
    const items = store.collection<Item>("item");
    store.transaction(() => {
      items.put("outer", { name: "outer", size: 1 });
      assert.throws(() =>
        store.transaction(() => {
          items.put("inner", { name: "inner", size: 1 });
          throw new Error("inner failed");
        }),
      );
    });
    assert.throws(
      () =>
        store.transaction(() => {
          items.delete("outer");
          throw new Error("failed");
        }),
      /failed/,
    );
    assert.deepEqual(
      items.list().map(({ name }) => name),
      ["outer"],
    );
  });

  it("forgets documents and sequences when cleared", () => {
    const store = storage.store("github");
    store.collection<Item>("item").put("a", { name: "a", size: 1 });
    store.next("x");
    storage.clear();
    assert.equal(store.collection("item").list().length, 0);
    assert.equal(store.next("x"), 1);
  });

  it("keeps its file, and those that the database writes beside it, to its user", async () => {
    const folder = await mkdtemp(join(tmpdir(), "delivery-store-"));
    try {
      const file = join(folder, "services.sqlite");
      for (const left of [file, `${file}-wal`]) await writeFile(left, "", { mode: 0o644 });
      const stored = openStorage(file);
      try {
        stored.store("github").collection<Item>("item").put("a", { name: "a", size: 1 });
        const modes = await Promise.all(
          (await readdir(folder)).map(async (name) => [name, (await stat(join(folder, name))).mode & 0o077] as const),
        );
        assert.ok(modes.length > 1, "no file was written beside the database");
        assert.deepEqual(
          modes.filter(([, others]) => others !== 0),
          [],
        );
      } finally {
        stored.close();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("finds everything again in its file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "store-"));
    try {
      const file = join(folder, "services.sqlite");
      const first = openStorage(file);
      first.store("render").collection<Item>("item").put("a", { name: "a", size: 1 });
      first.close();
      const second = openStorage(file);
      const found = second.store("render").collection<Item>("item").get("a");
      second.close();
      assert.deepEqual(found, { name: "a", size: 1 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("names the file that cannot be opened and what to do", () => {
    assert.throws(() => openStorage("/nonexistent/folder/x.sqlite"), /\/nonexistent\/folder\/x\.sqlite.*folder exists/);
  });
});
