/** Records a run of the engine operation by operation. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { SANDBOX_STACK } from "../../../sandbox/engine-home.ts";
import type { RecoverWorld } from "../../e2e/recover/world.ts";
import { callOf, counted, type Operation, type Run, type Write } from "./cases.ts";

const METHODS = ["POST", "PUT", "PATCH", "DELETE"];
const POLL_MS = 20;

/** A write, and where its operation begins. */
export interface RecordedWrite extends Write {
  readonly operation: Operation;
  /** The name under which state and database are saved as they were before the operation. */
  readonly point: string;
  /** How many writes like it come before the point. */
  readonly passed: number;
}

/**
 * Runs the engine one resource after another, and holds every write until state and database are saved, if it is the
 * first one of its operation: the state without the mark of the operation, as the engine has written it just before.
 */
export async function recordSteps(world: RecoverWorld, run: Run, args: readonly string[]): Promise<RecordedWrite[]> {
  const { chain } = world;
  const { console } = chain;
  const begun = (await console.traffic()).length;
  await console.holdNext(METHODS);
  let isOver = false;
  const whole = chain.succeed(...args, "--parallel", "1").finally(() => {
    isOver = true;
  });
  whole.catch(() => {});
  const steps: { readonly operation: Operation; readonly urn: string | undefined; readonly point: string }[] = [];
  while (!isOver) {
    if ((await console.faultsHit()) === 0) {
      await wait(POLL_MS);
      continue;
    }
    const { operation, urn } = await operationOf(world, run);
    const last = steps.at(-1);
    const isSame = urn !== undefined && last?.urn === urn && last.operation === operation;
    const point = isSame ? last.point : `${run}, before write ${steps.length + 1}`;
    if (!isSame) await savePoint(world, point);
    steps.push({ operation, urn, point });
    await console.holdNext(METHODS);
  }
  await console.clearFaults();
  await whole;
  const calls = (await console.traffic()).slice(begun).filter(({ method }) => METHODS.includes(method));
  if (calls.length !== steps.length) throw new Error(`${run} made ${calls.length} writes, ${steps.length} were held`);
  const writes = counted(calls.map(callOf));
  return writes.flatMap((write, index) => {
    const step = steps[index];
    if (!step) return [];
    const first = steps.findIndex(({ point }) => point === step.point);
    const isLike = (other: Write): boolean =>
      other.service === write.service && other.method === write.method && other.path === write.path;
    return {
      ...write,
      operation: step.operation,
      point: step.point,
      passed: writes.slice(0, first).filter(isLike).length,
    };
  });
}

/**
 * What the engine is at. A `destroy --run-program` marks nothing in the state: each of its writes is taken for the first
 * of a deletion, as each of the chain's deletions is a single call.
 * @throws Error when any other write belongs to nothing.
 */
async function operationOf(
  world: RecoverWorld,
  run: Run,
): Promise<{ readonly operation: Operation; readonly urn: string | undefined }> {
  const [pending] = await world.pending();
  if (pending) return { operation: pending.type as Operation, urn: pending.resource.urn };
  if (run === "destroy") return { operation: "deleting", urn: undefined };
  throw new Error(`a write of ${run} belongs to no operation`);
}

/** A run holds the lock, and has marked what it is at; neither was there before. */
async function savePoint({ chain }: RecoverWorld, point: string): Promise<void> {
  const saved = join(await chain.save(point), "backend", ".pulumi");
  await rm(join(saved, "locks"), { recursive: true, force: true });
  const file = join(saved, "stacks", "delivery", `${SANDBOX_STACK}.json`);
  const state = JSON.parse(await readFile(file, "utf8")) as { checkpoint: { latest: Record<string, unknown> } };
  delete state.checkpoint.latest["pending_operations"];
  await writeFile(file, JSON.stringify(state));
}
