/** A world in which cases of the engine's table run one after another, each from a saved state. */
import { join } from "node:path";
import { killWhen } from "../../e2e/recover/killed-engine.ts";
import { RecoverWorld } from "../../e2e/recover/world.ts";
import { type Followed, followAdvice, RUNS, removeDoubles } from "./advice.ts";
import { type Case, type Run, titleOf, type Write } from "./cases.ts";
import { declareUpdate } from "./changes.ts";
import { differing, normalObjects, normalState } from "./normal-form.ts";
import { type RecordedWrite, recordSteps } from "./step-by-step.ts";

/** How a case ended. */
export interface End {
  /** What was run after the disturbed run; nothing where that had coped. */
  readonly commands: readonly string[];
  /** Whether the engine was asked for a preview and a destroy, and not only the state compared. */
  readonly previewed?: boolean;
  /** Whether what is deployed was deployed once more than an undisturbed run does. */
  readonly deployedAgain?: boolean;
  /** What is wrong; absent when it has converged. */
  readonly problem?: string;
}

export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What an undisturbed run leaves. */
interface Left {
  readonly counts: Counts;
  readonly resources: readonly string[];
  readonly state: readonly string[];
  readonly objects: readonly string[];
}

/** Which of a service's plugins makes its writes. */
const PLUGINS = { github: "github", sentry: "sentry", circleci: "circleci", render: "render" } as const;

export class TableWorld {
  readonly world: RecoverWorld;
  readonly #undisturbed = new Map<Run, Left>();
  readonly #recorded = new Map<string, RecordedWrite>();
  #declared: AsyncDisposable | undefined;

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
   * Runs a first `up`, and these, once undisturbed, and saves what is there before each operation. Gives the writes of
   * each run. A destroy that was not run is known to leave nothing. What an undisturbed run leaves is seen to be whole:
   * a preview is empty, and a destroy leaves nothing.
   */
  async record(runs: readonly Run[]): Promise<ReadonlyMap<Run, readonly Write[]>> {
    const { chain } = this.world;
    const writes = new Map<Run, readonly Write[]>();
    const during = async (run: Run): Promise<void> => {
      const recorded = await recordSteps(this.world, run, RUNS[run === "destroy" ? "destroy" : "up"]);
      writes.set(run, recorded);
      for (const write of recorded) this.#recorded.set(keyOf(run, write), write);
      this.#undisturbed.set(run, await this.#now());
      if (run !== "destroy") await this.#seeEmptyPreview();
    };
    await chain.save("before up");
    await during("up");
    await chain.save("before update");
    await chain.save("before destroy");
    if (runs.includes("update")) {
      await this.#declare("update");
      await during("update");
      if (runs.includes("destroy")) await this.#seeDestroyed();
      await this.#declare("up");
    }
    if (runs.includes("destroy")) {
      await chain.restore("before destroy");
      await during("destroy");
      const problems = await this.#leftBehind();
      if (problems.length > 0) throw new Error(`an undisturbed destroy: ${problems.join("; ")}`);
    }
    return writes;
  }

  /**
   * Runs one case from just before its operation, follows what is advised, and looks at what is there then.
   * @param options `thorough` asks the engine for a preview and a destroy where a comparison has shown all that is to be seen.
   */
  async run(one: Case, { thorough = false } = {}): Promise<End> {
    const recorded = this.#recorded.get(keyOf(one.run, one.write));
    await this.world.chain.restore(recorded?.point ?? `before ${one.run}`);
    await this.#declare(one.run);
    try {
      const write = { ...one.write, skip: one.write.skip - (recorded?.passed ?? 0) };
      const coped = await this.#disturb({ ...one, write });
      const goal = one.run === "destroy" ? "destroy" : "up";
      const followed = coped ? { commands: [] } : await followAdvice(this.world, goal);
      const end = await this.#judged(one, followed, thorough);
      const doubled = coped && end.problem !== undefined && (await removeDoubles(this.world));
      return doubled ? await this.#judged(one, { commands: doubled }, thorough) : end;
    } catch (error) {
      return { commands: [], problem: `${titleOf(one)}: ${error instanceof Error ? error.message : error}` };
    } finally {
      await this.world.release();
    }
  }

  /** Gives whether the run has ended well all the same. */
  async #disturb({ run, write: { service, method, path, skip }, disturbance }: Case): Promise<boolean> {
    const { chain, killable } = this.world;
    const args = RUNS[run === "destroy" ? "destroy" : "up"];
    const met = { service, method, path, skip, when: disturbance.when };
    if ("answer" in disturbance) {
      await chain.console.fault({ ...met, action: disturbance.answer });
      const { code } = await chain.pulumi(...args);
      if ((await chain.console.faultsHit()) === 0) throw new Error("the fault was not met");
      await this.world.release();
      return code === 0;
    }
    await chain.console.fault({ ...met, held: true, action: { delayMs: 1 } });
    const victim = disturbance.victim === "plugin" ? { plugin: PLUGINS[service] } : disturbance.victim;
    const reached = async () => (await chain.console.faultsHit()) === 1;
    await killWhen(killable, args, reached, { victim, killed: () => this.world.release() });
    return false;
  }

  async #judged({ run }: Case, { commands, problem }: Followed, thorough: boolean): Promise<End> {
    if (problem !== undefined) return { commands, problem };
    const now = await this.#now();
    const expected = this.#undisturbed.get(run) ?? {
      counts: nothingOf(now.counts),
      resources: [],
      state: [],
      objects: [],
    };
    const { further, counts } = withoutFurtherDeploys(expected.counts, now.counts);
    const wrong = [
      ...differences(expected.counts, counts),
      ...(expected.resources.join() === now.resources.join() ? [] : [`the state holds ${now.resources.join(", ")}`]),
      ...((await this.world.pending()).length === 0 ? [] : ["an operation is pending"]),
    ];
    if (wrong.length > 0) return { commands, problem: wrong.join("; ") };
    const other = [...differing(expected.state, now.state), ...differing(expected.objects, now.objects)];
    if (run === "destroy" || (other.length === 0 && !further && !thorough)) return { commands };
    if (process.env["SHOW_DIFFERENCES"])
      process.stderr.write(`${other.map((line) => line.slice(0, 1500)).join("\n")}\n`);
    try {
      await this.#seeEmptyPreview();
      await this.#seeDestroyed();
      return { commands, previewed: true, ...(further && { deployedAgain: true }) };
    } catch (error) {
      return { commands, previewed: true, problem: String(error instanceof Error ? error.message : error) };
    }
  }

  async #seeEmptyPreview(): Promise<void> {
    await this.world.chain.succeed("preview", "--refresh", "--diff", "--expect-no-changes");
  }

  async #seeDestroyed(): Promise<void> {
    await this.world.chain.succeed(...RUNS.destroy);
    const problems = await this.#leftBehind();
    if (problems.length > 0) throw new Error(`after a destroy: ${problems.join("; ")}`);
  }

  async #leftBehind(): Promise<string[]> {
    const { counts, resources } = await this.#now();
    const left = differences(nothingOf(counts), counts);
    return resources.length === 0 ? left : [...left, `the state holds ${resources.join(", ")}`];
  }

  async #now(): Promise<Left> {
    const { chain } = this.world;
    const latest = await this.world.latest();
    return {
      counts: await chain.console.state(),
      resources: (latest.resources ?? []).map(({ urn }) => urn).sort(),
      state: normalState(latest),
      objects: normalObjects(join(chain.projectDir, "..", "services.sqlite")),
    };
  }

  /** Has the stack's file declare what the run is for. */
  async #declare(run: Run): Promise<void> {
    await this.#declared?.[Symbol.asyncDispose]();
    this.#declared = run === "update" ? await declareUpdate(this.world.home) : undefined;
  }
}

/**
 * A deploy is no object that is declared: a run that could not know that its deploy had begun deploys the same once more.
 * One too few is one too few.
 */
export function withoutFurtherDeploys(
  expected: Counts,
  now: Counts,
): { readonly further: boolean; readonly counts: Counts } {
  const [least = 0, deploys = 0] = [expected["render"]?.["deploys"], now["render"]?.["deploys"]];
  if (least === 0 || deploys <= least) return { further: false, counts: now };
  return { further: true, counts: { ...now, render: { ...now["render"], deploys: least } } };
}

function keyOf(run: Run, { service, method, path, skip }: Write): string {
  return `${run} ${service} ${method} ${path} ${skip}`;
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
