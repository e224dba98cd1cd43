/** Recorded answers of the real services. They are no part of this repository: RECORDED_DIR names their folder. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { differences, type RecordedShape } from "./shape.ts";

/** The folder of the recordings; undefined when the environment names none. */
export const recordingsFolder: string | undefined = process.env["RECORDED_DIR"] || undefined;

/** What was recorded of one request with one status, named `METHOD /path/{id} -> status`. */
interface Recording {
  /** How often each header came; a value that is the same every time stands in the name. */
  readonly rateLimit?: Readonly<Record<string, number>>;
  readonly answer?: RecordedShape;
}

/** A request as it was recorded, with every status. */
export interface RecordedRequest {
  /** `GET /services/{srv}`: an id by its prefix, any other part of a path by its name. */
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answers: ReadonlyMap<number, Recording>;
}

/** What came of holding a call against the recordings. */
export interface RecordedFinding {
  readonly request: RecordedRequest;
  readonly problems: readonly string[];
}

/** A call as it is held against the recordings. */
export interface RecordedCall {
  readonly method: string;
  /** Below the service's prefix; a query does not matter. */
  readonly path: string;
  /** Null when the connection was cut. */
  readonly status: number | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Null for none. */
  readonly responseBody: unknown;
}

/** The recorded requests of a service. Throws when there is no file of it. */
export function recordedRequests(folder: string, service: string): readonly RecordedRequest[] {
  const file = JSON.parse(readFileSync(join(folder, `${service}.json`), "utf8")) as Record<string, Recording>;
  const requests = new Map<string, Map<number, Recording>>();
  for (const [key, recording] of Object.entries(file)) {
    const [name = "", status = ""] = key.split(" -> ");
    const answers = requests.get(name) ?? new Map<number, Recording>();
    requests.set(name, answers.set(Number(status), recording));
  }
  return [...requests].map(([name, answers]) => {
    const [method = "", path = ""] = name.split(" ");
    return { name, method, path: pathPattern(path), answers };
  });
}

/**
 * Holds a call against the recordings; undefined when its request is not among them. A refusal that is not recorded
 * passes: the recordings are of requests that were meant to succeed.
 */
export function recordedCheck(
  requests: readonly RecordedRequest[],
): (call: RecordedCall) => RecordedFinding | undefined {
  return (call) => {
    const [path = ""] = call.path.split("?");
    const request = requests.find((known) => known.method === call.method && known.path.test(path));
    if (!request || call.status === null) return undefined;
    const { status } = call;
    const recording = request.answers.get(status);
    if (!recording) return { request, problems: status >= 400 ? [] : [`${status} is not recorded`] };
    const problems = [
      ...headerProblems(call.responseHeaders, recording),
      ...bodyProblems(call.responseBody, recording),
    ];
    return { request, problems: problems.map((problem) => `${status}: ${problem}`) };
  };
}

function bodyProblems(body: unknown, { answer }: Recording): string[] {
  if (!answer) return body === null ? [] : ["there is a body, none is recorded"];
  return body === null ? ["there is no body"] : differences(body, answer);
}

/** The headers that came every time; `ratelimit-limit: 400` counts with its value, `ratelimit-reset: ...` with any. */
function headerProblems(headers: Readonly<Record<string, string>>, { rateLimit = {} }: Recording): string[] {
  const expected = Map.groupBy(Object.keys(rateLimit), (line) => line.split(": ")[0] ?? "");
  return [...expected].flatMap(([name, lines]) => {
    const value = headers[name];
    if (value === undefined) return [`header ${name} is absent`];
    const values = lines.map((line) => line.slice(name.length + 2));
    const fits = values.includes("...") || values.includes(value);
    return fits ? [] : [`header ${name} is ${value}, recorded ${values.join(" or ")}`];
  });
}

/** Parts that people name; any other is an id, told apart by its prefix: `{srv}` is `srv-` and what follows. */
const NAMED = new Set(["key", "name", "domain"]);

function pathPattern(path: string): RegExp {
  const parts = path.split(/(\{[a-z]+\})/).map((part) => {
    if (!part.startsWith("{")) return part;
    const name = part.slice(1, -1);
    return NAMED.has(name) ? "[^/]+" : `${name}-[^/]+`;
  });
  return new RegExp(`^${parts.join("")}$`);
}
