/** Holds single answers of the emulated services against recorded ones, where those are at hand. */
import assert from "node:assert/strict";
import { explain } from "../conformance/explain.ts";
import { explained } from "../conformance/recorded/explained.ts";
import {
  type RecordedCall,
  recordedCheck,
  recordedRequests,
  recordingsFolder,
} from "../conformance/recorded/recordings.ts";

const check = recordingsFolder === undefined ? undefined : recordedCheck(recordedRequests(recordingsFolder, "render"));

/** Fails when Render's recorded answers to the same request exclude this one. A request that is not recorded passes. */
export function assertRecorded(call: RecordedCall): void {
  const finding = check?.(call);
  if (!finding) return;
  const { method, path } = call;
  const found = {
    call: { service: "render", method, path },
    route: finding.request.name,
    problems: finding.problems,
  } as const;
  assert.deepEqual(explain([found], explained).unexplained, [], "recorded answers are not like this one");
}
