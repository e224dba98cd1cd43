/** Finds drift. */
import { onStack } from "../../lib/stack-commands.ts";
import type { CommandContext } from "../command-context.ts";
import type { EngineEvent } from "../engine-events/index.ts";
import type { Progress } from "../progress.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { kindOf } from "../report/catalogue/index.ts";
import type { Report, Service } from "../report/index.ts";
import { cleanText } from "../report/values/clean.ts";
import { compare } from "./compare.ts";
import { described, describedStep } from "./described.ts";
import { driftReport } from "./drift-report.ts";
import { judge } from "./judge.ts";
import { readingsOf } from "./readings.ts";
import { renameNotes } from "./renamed.ts";
import { trusted } from "./trust.ts";

/** What is compared. */
export interface DriftRequest {
  readonly pulumi: WatchablePulumi;
  readonly progress: Progress;
  readonly stack: string;
  readonly context: Pick<CommandContext, "env" | "signal">;
}

/** The docker-build plugin's words when it could not ask the registry; it speaks HTTPS only. */
const IMAGE_UNREAD = /unable to verify image tags, leaving state unchanged/;

/**
 * Compares the stack with the services and tells what was done there. The stack's state and the services stay as they
 * are; a service that cannot be read is in the report, with what could be compared of the others.
 * @throws as `compare`.
 */
export async function findDrift({ pulumi, progress, stack, context }: DriftRequest): Promise<Report> {
  const comparison = await progress.step(`Comparing ${stack} with the services`, (detail) => compare(pulumi, detail));
  const { programRan } = comparison;
  const { read, other } = readingsOf(comparison.events);
  const { judgements, notes, unread } = await trusted(
    read.map((reading) => judge(reading, programRan)),
    context,
  );
  const left = new Set<Service>([...comparison.unread, ...unread].map(({ service }) => service));
  const pending = [
    ...judgements.filter(({ isPending }) => isPending).map(({ reading }) => described(reading)),
    ...other.filter(({ op, type }) => op !== "same" && !left.has(kindOf(type).service)).map(describedStep),
  ];
  const programNote = programRan ? [] : ["The program was not run, so what the last update declared stands for it."];
  return driftReport({
    stack,
    judgements,
    events: comparison.events.filter((event) => !isImageUnread(event)),
    notes: [...notes, ...renameNotes(read), ...programNote, ...imageNote(comparison.events)].map((note) =>
      cleanText(onStack(note, stack)),
    ),
    // What a service says goes to terminals and pages.
    unread: [...comparison.unread, ...unread].map(({ service, problem }) => ({ service, problem: cleanText(problem) })),
    pending: [...new Set(pending.map(({ title }) => title))],
  });
}

function imageNote(events: readonly EngineEvent[]): string[] {
  return events.some(isImageUnread)
    ? ["The image in the registry was not compared: the plugin reads registries over HTTPS only."]
    : [];
}

function isImageUnread({ diagnosticEvent }: EngineEvent): boolean {
  return IMAGE_UNREAD.test(diagnosticEvent?.message ?? "");
}
