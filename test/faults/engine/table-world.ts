/** A world in which cases of the engine's table run one after another, each from a saved state. */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { killWhen } from "../../e2e/recover/killed-engine.ts";
import { RecoverWorld } from "../../e2e/recover/world.ts";
import { type Followed, followAdvice, RUNS } from "./advice.ts";
import { type Case, type Run, type Write, writesIn } from "./cases.ts";

/** How a case ended. */
export interface End {
  readonly commands: readonly string[];
  /** What is wrong; absent when it has converged. */
  readonly problem?: string;
}

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What an undisturbed run leaves. */
interface Undisturbed {
  readonly counts: Counts;
  readonly resources: readonly string[];
}

/** What an update declares instead; each is a write of another resource. */
const CHANGES: readonly (readonly [key: readonly string[], value: unknown])[] = [
  [["delivery:repository", "description"], "Changed"],
  [["delivery:errors", "rateLimit"], { count: 100, seconds: 60 }],
  [["delivery:site", "plan"], "standard"],
  [["delivery:image", "revision"], "2"],
];

/** Which of a service's plugins makes its writes. */
const PLUGINS = { github: "github", sentry: "sentry", circleci: "circleci", render: "render" } as const;

export class TableWorld {
  readonly world: RecoverWorld;
  readonly #undisturbed = new Map<Run, Undisturbed>();

  private constructor(world: RecoverWorld) {
    this.world = world;
  }

  /** Opens it in a new temporary folder; `close` must be called. */
  static async open(): Promise<TableWorld> {
    return new TableWorld(await RecoverWorld.open());
  }

  close(): Promise<void> {
    return this.world.chain.close();
  }

  /**
   * Runs a first `up`, and these, once undisturbed, one resource after another. Gives the writes of each run. A destroy
   * that was not run is known to leave nothing.
   */
  async record(runs: readonly Run[]): Promise<ReadonlyMap<Run, readonly Write[]>> {
    const { chain } = this.world;
    const writes = new Map<Run, readonly Write[]>();
    const during = async (run: Run): Promise<void> => {
      const before = (await chain.console.traffic()).length;
      await chain.succeed(...RUNS[run === "destroy" ? "destroy" : "up"], "--parallel", "1");
      writes.set(run, writesIn((await chain.console.traffic()).slice(before)));
      this.#undisturbed.set(run, await this.#now());
    };
    await chain.save("before up");
    await during("up");
    await chain.save("before update");
    await chain.save("before destroy");
    if (runs.includes("update")) {
      await this.#change(true);
      await during("update");
      await this.#change(false);
    }
    if (runs.includes("destroy")) {
      await chain.restore("before destroy");
      await during("destroy");
    }
    return writes;
  }

  /** Runs one case from the state before its run, follows what is advised, and looks at what is there then. */
  async run(one: Case): Promise<End> {
    const { chain } = this.world;
    await chain.restore(`before ${one.run}`);
    if (one.run === "update") await this.#change(true);
    try {
      await this.#disturb(one);
      const followed = await followAdvice(this.world, one.run === "destroy" ? "destroy" : "up");
      return await this.#judged(one, followed);
    } catch (error) {
      return { commands: [], problem: String(error instanceof Error ? error.message : error) };
    } finally {
      await this.world.release();
      if (one.run === "update") await this.#change(false);
    }
  }

  async #disturb({ run, write, disturbance }: Case): Promise<void> {
    const { chain, killable } = this.world;
    const args = RUNS[run === "destroy" ? "destroy" : "up"];
    const { when } = disturbance;
    if ("answer" in disturbance) {
      await chain.console.fault({ ...write, when, action: disturbance.answer });
      await chain.pulumi(...args);
      if ((await chain.console.faultsHit()) === 0) throw new Error("the fault was not met");
      await this.world.release();
      return;
    }
    await chain.console.fault({ ...write, when, held: true, action: { delayMs: 1 } });
    const victim = disturbance.victim === "plugin" ? { plugin: PLUGINS[write.service] } : disturbance.victim;
    const reached = async () => (await chain.console.faultsHit()) === 1;
    await killWhen(killable, args, reached, { victim, killed: () => this.world.release() });
  }

  async #judged({ run }: Case, { commands, problem }: Followed): Promise<End> {
    if (problem !== undefined) return { commands, problem };
    const now = await this.#now();
    const expected = this.#undisturbed.get(run) ?? { counts: nothingOf(now.counts), resources: [] };
    const wrong = [
      ...differences(expected.counts, now.counts),
      ...(expected.resources.join() === now.resources.join() ? [] : [`the state holds ${now.resources.join(", ")}`]),
      ...(run === "destroy" ? [] : await this.#refreshed()),
    ];
    return wrong.length === 0 ? { commands } : { commands, problem: wrong.join("; ") };
  }

  async #refreshed(): Promise<string[]> {
    const { code, stdout, stderr } = await this.world.chain.pulumi(
      "preview",
      "--refresh",
      "--diff",
      "--expect-no-changes",
    );
    return code === 0 ? [] : [`a preview is not empty: ${stdout}${stderr}`];
  }

  async #now(): Promise<Undisturbed> {
    const { chain } = this.world;
    const { resources } = await chain.state();
    return { counts: await chain.console.state(), resources: resources.map(({ urn }) => urn).sort() };
  }

  /** Declares what an update changes, or takes it back. */
  async #change(on: boolean): Promise<void> {
    const file = this.world.home.env["PULUMI_OPTION_CONFIG_FILE"] ?? "";
    const kept = `${file}.unchanged`;
    if (!on) return copyFile(kept, file);
    await copyFile(file, kept);
    const document = parseDocument(await readFile(file, "utf8"));
    for (const [key, value] of CHANGES) document.setIn(["config", ...key], value);
    await writeFile(file, document.toString());
  }
}

function nothingOf(counts: Counts): Counts {
  return Object.fromEntries(
    Object.entries(counts).map(([service, kinds]) => [
      service,
      Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 0])),
    ]),
  );
}

function differences(expected: Counts, now: Counts): string[] {
  return Object.entries(expected).flatMap(([service, kinds]) =>
    Object.entries(kinds).flatMap(([kind, count]) =>
      now[service]?.[kind] === count ? [] : [`${now[service]?.[kind]} ${service} ${kind} instead of ${count}`],
    ),
  );
}
