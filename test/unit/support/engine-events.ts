/** Events of runs: recorded ones, and ones that are made for a test. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineEvent, readEvents } from "../../../cli/engine-events/index.ts";

/** The events of a real run against the emulated services, without those that no report reads. */
export function recordedEvents(name: string): EngineEvent[] {
  return readEvents(readFileSync(join(import.meta.dirname, "..", "report-events", `${name}.jsonl`), "utf8"));
}

/** One side of a made step. */
export interface MadeState {
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly initErrors?: readonly string[];
}

/** A made step. */
export interface MadeStep {
  readonly op: string;
  readonly type: string;
  readonly name?: string;
  readonly old?: MadeState;
  readonly new?: MadeState;
  /** Property paths and how they differ; a replacing one ends in `-replace`. */
  readonly differs?: Record<string, string>;
}

/** A URN of the stack `prod`. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:prod::delivery::delivery:shared:Part$${type}::${name}`;
}

/** The events of steps as a preview has them. */
export function previewOf(...steps: readonly MadeStep[]): EngineEvent[] {
  return eventsOf(steps.map((step) => ({ resOutputsEvent: { metadata: metadataOf(step) } })));
}

/** Events of any kind, as they are read from the engine's log. */
export function eventsOf(events: readonly object[]): EngineEvent[] {
  return readEvents(
    events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join(""),
  );
}

/** What an event tells of a step. */
export function metadataOf({ op, type, name = "thing", old, new: made, differs }: MadeStep): object {
  const state = (side: MadeState | undefined): object | null =>
    side ? { custom: true, id: "1", outputs: side.inputs ?? {}, inputs: {}, ...side } : null;
  const differences = Object.entries(differs ?? {}).map(([path, diffKind]) => [path, { diffKind, inputDiff: true }]);
  return {
    ...{ op, type, urn: urnOf(type, name), old: state(old), new: state(made) },
    detailedDiff: Object.fromEntries(differences),
  };
}

/** How the engine's log has a secret. */
export const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};

/** How it has a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
