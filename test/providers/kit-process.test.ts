import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { LAUNCHER, PARCEL, type ParcelWorld, startParcelWorld } from "./fixtures/parcel-world.ts";
import { startPlugin } from "./harness.ts";

const MEGABYTE = 1024 * 1024;

/** The preface of a connection and empty settings (RFC 9113). */
const HTTP2_START = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);
/** A ping of one byte where there have to be eight. */
const HTTP2_BROKEN_PING = Buffer.from([0, 0, 1, 6, 0, 0, 0, 0, 0, 0]);

describe("kit: the plugin's process", () => {
  it("ends when the engine's end of its standard input closes, without a signal", async () => {
    const plugin = await startPlugin(LAUNCHER, { PARCEL_TOKEN: "x" });
    const exited = once(plugin.process, "exit");
    plugin.process.stdin?.end();
    assert.deepEqual(await exited, [0, null]);
    await plugin.stop();
  });

  it("ends on SIGTERM after the calls under way, which it interrupts", async () => {
    const world = await startParcelWorld();
    try {
      world.service.packing = false;
      const creating = world.plugin.create(PARCEL, { name: "box", ready: true });
      await world.plugin.logged(({ message }) => message === "packing");
      const exited = once(world.plugin.process, "exit");
      world.plugin.process.kill("SIGTERM");
      await assert.rejects(creating, /cancelled/);
      assert.deepEqual(await exited, [0, null]);
    } finally {
      await world.close();
    }
  });

  it("ends at once although its connection breaks in the moment of the signal", async () => {
    // gRPC forgets such a connection in most, not in all cases.
    for (let round = 0; round < 4; round += 1) {
      const plugin = await startPlugin(LAUNCHER, { PARCEL_TOKEN: "x" });
      const exited = once(plugin.process, "exit");
      const tooLong = setTimeout(() => plugin.process.kill("SIGKILL"), 4_000);
      const engine = connect(plugin.port, "127.0.0.1").on("error", () => {});
      try {
        engine.write(HTTP2_START);
        await once(engine, "data");
        plugin.process.kill("SIGSTOP");
        await new Promise<void>((sent) => engine.end(HTTP2_BROKEN_PING, sent));
        plugin.process.kill("SIGINT");
        plugin.process.kill("SIGCONT");
        assert.deepEqual(await exited, [0, null]);
      } finally {
        clearTimeout(tooLong);
        engine.destroy();
        await plugin.stop();
      }
    }
  });

  it("says in one sentence that Node is too old", () => {
    const older = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });`;
    const preload = `--import=data:text/javascript,${encodeURIComponent(older)}`;
    const { status, stdout, stderr } = spawnSync(process.execPath, [preload, LAUNCHER], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^The parcel provider needs Node 22\.18 or newer, and this is Node 20\.19\.0: [^\n]*\n$/);
  });

  it("stays under 90 MB through a run's worth of calls", async function () {
    if (process.platform !== "linux") this.skip();
    const world: ParcelWorld = await startParcelWorld();
    try {
      const made = await world.plugin.create(PARCEL, { name: "box" });
      for (let round = 0; round < 50; round += 1) await world.plugin.read(PARCEL, made);
      await world.plugin.schema();
      const status = readFileSync(`/proc/${world.plugin.process.pid}/status`, "utf8");
      const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
      assert.ok(peak < 90 * MEGABYTE, `peak of ${Math.round(peak / MEGABYTE)} MB`);
    } finally {
      await world.close();
    }
  });
});

describe("kit: package schema", () => {
  let world: ParcelWorld;
  before(async () => {
    world = await startParcelWorld();
  });
  after(() => world.close());

  it("describes configuration, resources, nested types and functions", async () => {
    const schema = (await world.plugin.schema()) as Record<string, Record<string, Record<string, unknown>>>;
    const resource = schema["resources"]?.[PARCEL] as Record<string, Record<string, Record<string, unknown>>>;
    assert.deepEqual(resource["requiredInputs"], ["name"]);
    assert.deepEqual(resource["required"], ["label", "name", "parcelId", "ready", "revision", "size"]);
    assert.deepEqual(resource["inputProperties"]?.["size"], {
      $ref: "#/types/parcel:index:ParcelSize",
      description: "How large it is.",
      default: "m",
      willReplaceOnChanges: true,
    });
    assert.equal(resource["inputProperties"]?.["password"]?.["secret"], true);
    assert.deepEqual(resource["inputProperties"]?.["items"]?.["items"], { $ref: "#/types/parcel:index:ParcelItems" });
    const types = schema["types"] as Record<string, { readonly enum?: readonly { readonly value: string }[] }>;
    assert.deepEqual(Object.keys(types).sort(), ["parcel:index:ParcelItems", "parcel:index:ParcelSize"]);
    assert.deepEqual(
      types["parcel:index:ParcelSize"]?.enum?.map(({ value }) => value),
      ["s", "m", "l"],
    );
    assert.deepEqual(Object.keys(schema["functions"] ?? {}), ["parcel:index:countParcels"]);
    assert.equal(schema["config"]?.["variables"]?.["passphrase"] !== undefined, true);
  });
});
