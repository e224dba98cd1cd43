/** How long the plugins under test wait: as many attempts as ever, in less time. */
import { DEFAULT_LIMITS } from "../../../providers/kit/retry.ts";

/** Long enough for an emulated service on a slow machine to answer. */
const SILENCE_MS = 5_000;

export const PATIENCE = {
  timeoutMs: SILENCE_MS,
  limits: { ...DEFAULT_LIMITS, firstWaitMs: 20, longestWaitMs: 100 },
};
