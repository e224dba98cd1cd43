import assert from "node:assert/strict";
import { askedWait } from "../../providers/kit/rate-limit.ts";

const now = Date.UTC(2026, 0, 1);
const limitedFor = (ms: number | undefined) => ({ limited: true, ms });
const free = { limited: false, ms: undefined };
const inNineSeconds = String(now / 1000 + 9);

describe("kit: rate limits", () => {
  const cases: [string, number, Record<string, string>, ReturnType<typeof askedWait>][] = [
    ["seconds", 429, { "retry-after": "7" }, limitedFor(7_000)],
    ["a date", 429, { "retry-after": new Date(now + 4_000).toUTCString() }, limitedFor(4_000)],
    ["a date that is over", 429, { "retry-after": new Date(now - 4_000).toUTCString() }, limitedFor(0)],
    ["words", 429, { "retry-after": "soon" }, limitedFor(undefined)],
    ["nothing", 429, {}, limitedFor(undefined)],
    ["a window in seconds", 429, { "ratelimit-remaining": "0", "ratelimit-reset": "12" }, limitedFor(12_000)],
    ["a window's end", 429, { "x-ratelimit-reset": inNineSeconds }, limitedFor(9_000)],
    ["Sentry's window", 429, { "x-sentry-rate-limit-reset": inNineSeconds }, limitedFor(9_000)],
    [
      "a window that is not used up",
      429,
      { "x-ratelimit-remaining": "3", "x-ratelimit-reset": "9" },
      limitedFor(undefined),
    ],
    ["GitHub's 403", 403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": inNineSeconds }, limitedFor(9_000)],
    ["GitHub's second limit", 403, { "retry-after": "60", "x-ratelimit-remaining": "9" }, limitedFor(60_000)],
    ["a refusal", 403, { "x-ratelimit-remaining": "9", "x-ratelimit-reset": inNineSeconds }, free],
    ["a service that is down", 503, { "ratelimit-remaining": "399", "ratelimit-reset": "30" }, free],
    ["a service that says how long", 503, { "retry-after": "5" }, { limited: false, ms: 5_000 }],
  ];
  for (const [name, status, headers, expected] of cases)
    it(`reads ${name} (${status})`, () => assert.deepEqual(askedWait({ status, headers }, now), expected));
});
