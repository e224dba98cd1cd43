/** Keeps what the steps of a job write, without secrets ("Environment variables": secrets masking). */
import type { Circleci } from "../circleci.ts";
import { keepOutput } from "./records.ts";

/** CircleCI shows no more of a step; the beginning is kept. */
const LONGEST = 400_000;
/** How long text may wait before it is stored. */
const WITHIN_MS = 300;
/** Shorter values, and these, are not masked. */
const SHORTEST_SECRET = 4;
const PLAIN = new Set(["true", "false"]);
const MASK = "****";

/** Takes output, and stores it now and then. */
export interface OutputKeeper {
  add(step: number, text: string): void;
  /** Stores what has come so far. */
  flush(): void;
}

/** A keeper for one job. */
export function outputKeeper(circleci: Circleci, jobId: string, values: readonly string[]): OutputKeeper {
  const secrets = values
    .filter((value) => value.length >= SHORTEST_SECRET && !PLAIN.has(value))
    .sort((a, b) => b.length - a.length);
  const texts = new Map<number, string>();
  const changed = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const step of changed) {
      const text = secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), texts.get(step) ?? "");
      keepOutput(circleci, { jobId, step, text });
    }
    changed.clear();
  };
  return {
    add(step, text) {
      const before = texts.get(step) ?? "";
      if (before.length >= LONGEST) return;
      texts.set(step, (before + text).slice(0, LONGEST));
      changed.add(step);
      timer ??= setTimeout(flush, WITHIN_MS);
    },
    flush,
  };
}
