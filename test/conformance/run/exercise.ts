/** A provider's resources, each led through its whole life, so that every request its plugin can make is made. */
import type { PropertyTree } from "../../../providers/kit/values.ts";
import { type Plugin, PluginError, type State } from "../../providers/harness.ts";

/** The state of an exercise's resource that was made before. */
export type Made = (name: string) => State;

/** One resource's life. */
export interface Exercise {
  readonly token: string;
  /** What other exercises call it; its token when not given. */
  readonly name?: string;
  /** The inputs to create it with. */
  readonly inputs: (made: Made) => PropertyTree;
  /** Inputs that change, one update each. */
  readonly changes: readonly ((made: Made) => PropertyTree)[];
  /** What it can be imported by. */
  readonly importIds: (state: State) => readonly string[];
}

/** What is done besides, once a resource is there. */
export type OnCreated = (token: string, inputs: PropertyTree) => Promise<void>;

/**
 * Creates, refreshes, updates and imports each resource in turn; then deletes all in the opposite order, looks for
 * them once more, and deletes them again.
 */
export async function exerciseAll(plugin: Plugin, exercises: readonly Exercise[], onCreated: OnCreated): Promise<void> {
  const states = new Map<string, { readonly token: string; readonly state: State }>();
  const made: Made = (name) => {
    const found = states.get(name);
    if (!found) throw new Error(`${name} is needed before it is made; put it first`);
    return found.state;
  };
  for (const { token, name = token, inputs, changes, importIds } of exercises) {
    let declared = inputs(made);
    let state = await plugin.create(token, declared);
    await onCreated(token, declared);
    for (const change of changes) {
      declared = { ...declared, ...change(made) };
      state = await plugin.update(token, state, declared);
    }
    state = present(await plugin.read(token, state), token, "a refresh");
    for (const id of importIds(state)) present(await plugin.read(token, id), token, `an import by ${id}`);
    states.set(name, { token, state });
  }
  for (const { token, state } of [...states.values()].reverse()) {
    await plugin.delete(token, state);
    if (await plugin.read(token, state)) throw new Error(`${token} is there after it was deleted`);
    // The vendors' plugins refuse it; what they ask is what counts here.
    await plugin.delete(token, state).catch(ofPlugin);
  }
}

/** Awaits a call that is meant to fail. Throws when it does not. */
export async function refused(call: Promise<unknown>): Promise<void> {
  const failure = await call.then(() => undefined, ofPlugin);
  if (!failure) throw new Error("a call that should be refused was not");
}

function ofPlugin(error: unknown): PluginError {
  if (error instanceof PluginError) return error;
  throw error;
}

function present(state: State | undefined, token: string, reader: string): State {
  if (!state) throw new Error(`${token} is not found by ${reader}`);
  return state;
}
