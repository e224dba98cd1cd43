/** What the engine tells while it runs. */
export type { Difference, EngineEvent, Operation, ResourceState, Step } from "./event.ts";
export { readEvents } from "./read.ts";
export { type RunWithEvents, runWithEvents } from "./run.ts";
