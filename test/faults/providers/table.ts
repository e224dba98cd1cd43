/**
 * The table of the own providers: every request of every operation of a resource meets every fault once, over gRPC. The
 * engine keeps what a failed operation had reached, and the next run goes on from there, as `up` does. It has to end
 * with the service as declared, one object of it, and the state knowing it; or with a message that names the command.
 */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { recipes } from "../../../cli/recover/recipes.ts";
import { type PropertyTree, plain } from "../../../providers/kit/values.ts";
import type { FaultRule } from "../../../sandbox/services/core/faults.ts";
import { type Plugin, PluginError, type State } from "../../providers/harness.ts";
import { FAULTS, type Fault } from "./faults.ts";

/** A service with a plugin. One case at a time runs in it. */
export interface FaultWorld {
  readonly plugin: Plugin;
  /** The environment of the plugin, and of `recover`. */
  readonly env: NodeJS.ProcessEnv;
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

export const OPERATIONS = ["create", "read", "update", "delete"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** How a case ends: at once, by the next run of the same command, or by what `recover`, a message or a warning names. */
export type End = "at once" | "next run" | "recover";

/** A case and its end. */
export interface Row {
  readonly subject: string;
  readonly operation: Operation;
  readonly request: string;
  readonly fault: string;
  readonly end: End;
  /** What is wrong; absent when it ended well. */
  readonly problem?: string;
}

/** Which cases are run. */
export interface Sample {
  readonly seed: number;
  /** How many of each operation of each resource; all when left out. */
  readonly cases?: number;
}

interface Case {
  readonly request: string;
  readonly index: number;
  readonly fault: Fault;
  /** Whether it is repeated until something has come about: it may come fewer times than before. */
  readonly isPoll: boolean;
}

/** Runs the table for one operation of one resource, in as many worlds as there are. */
export async function faultTable<World extends FaultWorld>(
  worlds: readonly World[],
  subject: Subject<World>,
  operation: Operation,
  { seed, cases: count }: Sample,
): Promise<readonly Row[]> {
  const [first] = worlds;
  assert.ok(first, "there is a world to run in");
  const requests = await requestsOf(first, subject, operation);
  assert.ok(requests.length > 0, `${subject.name}: ${operation} asks the service`);
  const all = requests.flatMap((request, index) => {
    const earlier = requests.slice(0, index).filter((one) => one === request).length;
    // What is asked again and again until something has come about is disturbed the first two times.
    return earlier > 1 ? [] : faultsOf(request).map((fault) => ({ request, index, fault, isPoll: earlier > 0 }));
  });
  const left = count === undefined ? [...all] : drawn(all, count, seed);
  const rows: Row[] = [];
  await Promise.all(
    worlds.map(async (world) => {
      for (let next = left.shift(); next; next = left.shift()) {
        const { request, index, fault, isPoll } = next;
        const { name, ofWrites: _, ...rule } = fault;
        const ended = await runCase(world, subject, operation, () => world.fault({ ...rule, skip: index }), { isPoll });
        rows.push({ subject: subject.name, operation, request, fault: name, ...ended });
      }
    }),
  );
  return rows;
}

function faultsOf(request: string): readonly Fault[] {
  return FAULTS.filter(({ ofWrites }) => !ofWrites || !request.startsWith("GET "));
}

function drawn(all: readonly Case[], count: number, seed: number): Case[] {
  const length = Math.min(count, all.length);
  const [some = []] = fc.sample(fc.shuffledSubarray([...all], { minLength: length, maxLength: length }), {
    ...{ seed, numRuns: 1 },
  });
  return some;
}

/** The rows that did not end well, as lines. */
export function wrongIn(rows: readonly Row[]): string[] {
  return rows.flatMap(({ subject, operation, request, fault, problem }) =>
    problem === undefined ? [] : [`${subject} ${operation}: ${request}, ${fault}: ${problem}`],
  );
}

/**
 * As `faultTable`, with one fault: a write takes effect and is answered with 500 each time, until the operation has
 * ended. The next run then has to put right what this one could not know.
 */
export async function outageTable<World extends FaultWorld>(
  world: World,
  subject: Subject<World>,
  operation: Operation,
): Promise<readonly Row[]> {
  const writes = (await requestsOf(world, subject, operation)).filter((request) => !request.startsWith("GET "));
  const rows: Row[] = [];
  for (const [index, request] of writes.entries()) {
    const [method = ""] = request.split(" ");
    const skip = writes.slice(0, index).filter((earlier) => earlier.startsWith(`${method} `)).length;
    const always = { action: { status: 500 }, when: "after", method, skip, times: "always" } as const;
    const ended = await runCase(world, subject, operation, () => world.fault(always));
    rows.push({ subject: subject.name, operation, request, fault: "500 for a while", ...ended });
  }
  return rows;
}

/** The requests of an operation that nothing disturbs. */
async function requestsOf<World extends FaultWorld>(
  world: World,
  subject: Subject<World>,
  operation: Operation,
): Promise<readonly string[]> {
  const requests: string[] = [];
  const { problem } = await runCase(world, subject, operation, undefined, { requests });
  assert.equal(problem, undefined, `${subject.name}: ${operation} without a fault`);
  return requests;
}

/**
 * Prepares, disturbs, runs the operation, ends the fault, and runs again what the engine would; tells what is wrong then.
 * @param requests takes the requests of the operation.
 */
async function runCase<World extends FaultWorld>(
  world: World,
  subject: Subject<World>,
  operation: Operation,
  disturb: (() => Promise<void>) | undefined,
  { requests = [], isPoll = false }: { requests?: string[]; isPoll?: boolean } = {},
): Promise<Pick<Row, "end" | "problem">> {
  await world.reset();
  const { plugin } = world;
  const { token, counted } = subject;
  const inputs = await subject.prepare(world);
  const declared = operation === "update" ? { ...inputs, ...subject.changes } : inputs;
  const without = (await world.state())[counted] ?? 0;
  const made = operation === "create" ? undefined : await plugin.create(token, inputs);
  const before = (await world.requests()).length;
  const logged = plugin.log.length;
  await disturb?.();
  const run = runner(world, subject, declared);
  const first = await attempt(() => run(operation, made));
  requests.push(...(await world.requests()).slice(before));
  const isMet = (await world.endFaults()) > 0;
  if (!isPoll) assert.equal(isMet, disturb !== undefined, "the fault was met");

  let end: End = "at once";
  let outcome = first;
  if (first.error !== undefined) {
    end = "next run";
    outcome = await attempt(() => run(operation, first.partial ?? made, first.partial));
    if (outcome.error !== undefined && operation === "create" && outcome.error.includes("exists already")) {
      end = "recover";
      outcome = await attempt(() => recovered(world, subject, declared));
    }
  }
  const wrong = (problem: string): Pick<Row, "end" | "problem"> => ({ end, problem });
  if (outcome.error !== undefined) return wrong(`stuck: ${first.error} | then: ${outcome.error}`);

  const expected = operation === "delete" ? without : without + 1;
  const count = (await world.state())[counted] ?? 0;
  if (count > expected) {
    const others = await besides(world, subject, declared, outcome.state);
    if (others !== count - expected) return wrong(`${count - expected} left behind or doubled, ${told(first)}`);
    end = "recover";
  }
  if (count < expected) return wrong(`the object is not there, ${told(first)}`);
  if (operation === "delete") return { end };
  if (!outcome.state) return wrong(`dropped from the state, ${told(first)}`);
  const problem = await disagreement(plugin, token, outcome.state, declared);
  if (problem === undefined) return { end };
  const isSaid = (what: RegExp): boolean =>
    plugin.log.slice(logged).some(({ severity, message }) => severity === "warning" && what.test(message));
  if (isSaid(/twice/)) return { end: "recover" };
  if (isSaid(/the next refresh asks again/)) {
    const refreshed = await plugin.read(token, outcome.state);
    if (refreshed && (await disagreement(plugin, token, refreshed, declared)) === undefined) return { end: "next run" };
  }
  return wrong(`${problem}, ${told(first)}`);
}

/** What `recover` and the next `up` do with an object that exists already: found by its natural key, imported, updated. */
async function recovered<World extends FaultWorld>(
  world: World,
  { token, changes }: Subject<World>,
  declared: PropertyTree,
): Promise<State> {
  const [only, ...others] = await found(world, token, declared);
  if (!only || others.length > 0) throw new Error(`recover finds ${others.length + (only ? 1 : 0)} objects`);
  const imported = await world.plugin.read(token, only.importId);
  if (!imported) throw new Error(`${only.importId} cannot be imported`);
  if (changes) return await world.plugin.update(token, imported, declared);
  // An import only looks; what an object still waits for is asked for by the first refresh.
  const refreshed = await world.plugin.read(token, imported);
  if (!refreshed) throw new Error(`${only.importId} is gone after its import`);
  return refreshed;
}

/** How many objects of the natural key `recover` would name that the state does not hold. */
async function besides<World extends FaultWorld>(
  world: World,
  { token }: Subject<World>,
  declared: PropertyTree,
  state: State | undefined,
): Promise<number> {
  const recipe = recipes[token];
  if (!recipe || !("mayRepeat" in recipe)) return 0;
  return (await found(world, token, declared)).filter(({ stateId }) => stateId !== state?.id).length;
}

async function found(world: FaultWorld, token: string, declared: PropertyTree) {
  const recipe = recipes[token];
  if (!recipe || !("find" in recipe)) throw new Error(`recover cannot look a ${token} up`);
  const { env, plugin } = world;
  const inputs = plain(await plugin.checked(token, declared));
  return await recipe.find({ inputs, providerInputs: {}, env, signal: new AbortController().signal });
}

/** What a refresh and a preview say of a state that should be in order. */
async function disagreement(
  plugin: Plugin,
  token: string,
  state: State,
  declared: PropertyTree,
): Promise<string | undefined> {
  const now = await plugin.read(token, state);
  if (!now) return "the state knows an object that is not there";
  const { detailed } = await plugin.diff(token, now, await plugin.checked(token, declared));
  const differences = Object.keys(detailed);
  if (differences.length > 0) return `reported as done, and not as declared: ${differences.join(", ")}`;
  const names = Object.keys({ ...state.outputs, ...now.outputs });
  const others = names.filter((name) => !isDeepStrictEqual(now.outputs[name], state.outputs[name]));
  return others.length === 0 ? undefined : `a refresh finds other outputs than the state has: ${others.join(", ")}`;
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
