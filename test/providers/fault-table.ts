/**
 * The table of faults: every request of every operation of a resource meets every fault once, over gRPC. The engine
 * keeps what a failed operation had reached, and the next run goes on from there, as `up` does. It has to end with the
 * service as declared, one object of it, and the state knowing it.
 */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { PropertyTree } from "../../providers/kit/values.ts";
import type { FaultRule } from "../../sandbox/services/core/faults.ts";
import { type Plugin, PluginError, type State } from "./harness.ts";

/** A service with a plugin. One case at a time runs in it. */
export interface FaultWorld {
  readonly plugin: Plugin;
  /** Makes requests fail. */
  fault(rule: Pick<FaultRule, "action"> & Partial<FaultRule>): Promise<void>;
  /** Ends all faults. Gives how many requests they have hit. */
  endFaults(): Promise<number>;
  /** Every request since the last reset, as `METHOD /path`. */
  requests(): Promise<readonly string[]>;
  /** Counts of the service's objects. */
  state(): Promise<Readonly<Record<string, number>>>;
  /** Forgets all objects, requests and faults. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** A resource in the table. */
export interface Subject<World extends FaultWorld> {
  readonly name: string;
  readonly token: string;
  /** Makes what it needs, and gives what is declared of it. */
  prepare(world: World): Promise<PropertyTree>;
  /** What an update declares instead; absent where every change replaces. */
  readonly changes?: PropertyTree;
  /** The kind of its object among the service's counts. */
  readonly counted: string;
}

export type Operation = "create" | "read" | "update" | "delete";

interface Fault {
  readonly name: string;
  readonly action: FaultRule["action"];
  readonly when?: FaultRule["when"];
  /** Whether it means something only where a request has an effect. */
  readonly ofWrites?: boolean;
}

const PAGE = { status: 200, text: "<html><body>Down for maintenance</body></html>", type: "text/html" };
const EMPTY = { status: 200, text: "", type: "application/json" };

/** The faults. One that comes after the effect is of writes alone: a read has none. */
const FAULTS: readonly Fault[] = [
  { name: "truncated", action: { truncated: true } },
  { name: "HTML 200", action: PAGE },
  { name: "HTML 200 after", action: PAGE, when: "after", ofWrites: true },
  { name: "empty 200", action: EMPTY },
  { name: "empty 200 after", action: EMPTY, when: "after", ofWrites: true },
  { name: "404 on what exists", action: { status: 404, body: { message: "Not found" } } },
  { name: "500 after", action: { status: 500 }, when: "after", ofWrites: true },
  { name: "503 after", action: { status: 503 }, when: "after", ofWrites: true },
  { name: "cut before", action: { cut: true } },
  { name: "cut after", action: { cut: true }, when: "after", ofWrites: true },
];

/** What was wrong at the end of a case; empty when it ended well. */
type Problems = readonly string[];

/**
 * Runs the table for one operation of one resource, in as many worlds as there are.
 * @param step runs one case in so many: a prime meets each request and each fault in turn.
 * @returns `REQUEST, FAULT: PROBLEM` of every case that did not end well.
 */
export async function faultTable<World extends FaultWorld>(
  worlds: readonly World[],
  subject: Subject<World>,
  operation: Operation,
  step = 1,
): Promise<readonly string[]> {
  const [first] = worlds;
  assert.ok(first, "there is a world to run in");
  const requests = await requestsOf(first, subject, operation);
  assert.ok(requests.length > 0, `${subject.name}: ${operation} asks the service`);
  const all = requests.flatMap((request, index) =>
    FAULTS.filter(({ ofWrites }) => !ofWrites || !request.startsWith("GET ")).map((fault) => ({
      request,
      index,
      fault,
      isPoll: requests.indexOf(request) < index,
    })),
  );
  const cases = all.filter((_, index) => (index + 1) % step === 0);
  const found: string[] = [];
  await Promise.all(
    worlds.map(async (world) => {
      for (let next = cases.shift(); next; next = cases.shift()) {
        const { request, index, fault, isPoll } = next;
        const { name: _, ofWrites: __, ...rule } = fault;
        const problems = await runCase(world, subject, operation, () => world.fault({ ...rule, skip: index }), {
          isPoll,
        });
        found.push(...problems.map((problem) => `${request}, ${fault.name}: ${problem}`));
      }
    }),
  );
  return found.sort();
}

/**
 * As `faultTable`, with one fault: a write takes effect and is answered with 500 each time, until the operation has
 * ended. The next run then has to put right what this one could not know.
 */
export async function outageTable<World extends FaultWorld>(
  world: World,
  subject: Subject<World>,
  operation: Operation,
): Promise<readonly string[]> {
  const writes = (await requestsOf(world, subject, operation)).filter((request) => !request.startsWith("GET "));
  const found: string[] = [];
  for (const [index, request] of writes.entries()) {
    const [method = ""] = request.split(" ");
    const skip = writes.slice(0, index).filter((earlier) => earlier.startsWith(`${method} `)).length;
    const always = { action: { status: 500 }, when: "after", method, skip, times: "always" } as const;
    const problems = await runCase(world, subject, operation, () => world.fault(always));
    found.push(...problems.map((problem) => `${request}, 500 for a while: ${problem}`));
  }
  return found;
}

/** The requests of an operation that nothing disturbs. */
async function requestsOf<World extends FaultWorld>(
  world: World,
  subject: Subject<World>,
  operation: Operation,
): Promise<readonly string[]> {
  const requests: string[] = [];
  const problems = await runCase(world, subject, operation, undefined, { requests });
  assert.deepEqual(problems, [], `${subject.name}: ${operation} without a fault`);
  return requests;
}

/**
 * Prepares, disturbs, runs the operation, ends the fault, and runs again what the engine would; tells what is wrong then.
 * @param requests takes the requests of the operation.
 * @param isPoll of a request that is repeated until something has come about: it may come fewer times than before.
 */
async function runCase<World extends FaultWorld>(
  world: World,
  subject: Subject<World>,
  operation: Operation,
  disturb: (() => Promise<void>) | undefined,
  { requests = [], isPoll = false }: { requests?: string[]; isPoll?: boolean } = {},
): Promise<Problems> {
  await world.reset();
  const { plugin } = world;
  const { token, counted } = subject;
  const inputs = await subject.prepare(world);
  const declared = operation === "update" ? { ...inputs, ...subject.changes } : inputs;
  const without = (await world.state())[counted] ?? 0;
  const made = operation === "create" ? undefined : await plugin.create(token, inputs);
  const before = (await world.requests()).length;
  await disturb?.();
  const run = runner(world, subject, declared);
  const first = await attempt(() => run(operation, made));
  requests.push(...(await world.requests()).slice(before));
  const isMet = (await world.endFaults()) > 0;
  if (!isPoll) assert.equal(isMet, disturb !== undefined, "the fault was met");

  let outcome = first;
  if (first.error !== undefined) outcome = await attempt(() => run(operation, first.partial ?? made, first.partial));
  if (outcome.error !== undefined) return [`stuck: ${first.error} | then: ${outcome.error}`];

  const expected = operation === "delete" ? without : without + 1;
  const count = (await world.state())[counted] ?? 0;
  if (count > expected) return [`${count - expected} left behind or doubled, ${told(first)}`];
  if (count < expected) return [`the object is not there, ${told(first)}`];
  if (operation === "delete") return [];
  if (!outcome.state) return [`dropped from the state, ${told(first)}`];
  return await disagreements(plugin, token, outcome.state, declared);
}

/** What a refresh and a preview say of a state that should be in order. */
async function disagreements(plugin: Plugin, token: string, state: State, declared: PropertyTree): Promise<Problems> {
  const found = await plugin.read(token, state);
  if (!found) return ["the state knows an object that is not there"];
  const { detailed } = await plugin.diff(token, found, await plugin.checked(token, declared));
  const differences = Object.keys(detailed);
  if (differences.length > 0) return [`reported as done, and not as declared: ${differences.join(", ")}`];
  return isDeepStrictEqual(found.outputs, state.outputs) ? [] : ["a refresh finds other outputs than the state has"];
}

/** Runs operations as the engine does: what a failed one had reached is finished by an update. */
function runner<World extends FaultWorld>(
  { plugin }: World,
  { token }: Subject<World>,
  declared: PropertyTree,
): (operation: Operation, state: State | undefined, partial?: State) => Promise<State | undefined> {
  return async (operation, state, partial) => {
    if (operation === "create" && !partial) return await plugin.create(token, declared);
    assert.ok(state);
    if (operation === "read") return await plugin.read(token, state);
    if (operation === "delete") {
      await plugin.delete(token, state);
      return undefined;
    }
    return await plugin.update(token, state, declared);
  };
}

interface Attempt {
  readonly state?: State | undefined;
  readonly error?: string;
  readonly partial?: State | undefined;
}

async function attempt(work: () => Promise<State | undefined>): Promise<Attempt> {
  try {
    return { state: await work() };
  } catch (error) {
    const partial = error instanceof PluginError ? error.partial : undefined;
    return { error: error instanceof Error ? error.message : String(error), partial };
  }
}

function told({ error }: Attempt): string {
  return error === undefined ? "and nothing was said" : `and it was said: ${error}`;
}
