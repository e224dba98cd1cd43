/** The record of every call to an emulated service, for tests, proofs and the console's page. */
import { randomUUID } from "node:crypto";
import type { Masker } from "./masking.ts";
import type { ServiceName } from "./service.ts";

/** One call. */
export interface Call {
  /** 1, 2, 3 ... in the order in which the answers were sent. */
  readonly number: number;
  readonly service: ServiceName;
  readonly time: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly requestHeaders: Record<string, string>;
  readonly requestBody: unknown;
  /** Null when the connection was cut. */
  readonly status: number | null;
  readonly responseHeaders: Record<string, string>;
  readonly responseBody: unknown;
  readonly durationMs: number;
  /** True when the vendor has more here than the sandbox emulates. */
  readonly notEmulated: boolean;
  /** What a fault rule did to this call. */
  readonly fault?: string;
}

/** A call as the host saw it, before anything is masked. */
export interface ObservedCall
  extends Omit<Call, "number" | "requestHeaders" | "requestBody" | "responseHeaders" | "responseBody"> {
  readonly requestHeaders: Headers;
  readonly requestBody: Body;
  readonly responseHeaders: Headers;
  readonly responseBody: Body;
}

type Body = Uint8Array<ArrayBuffer>;

/** Calls in memory, the newest at the end. */
export interface Traffic {
  record(call: ObservedCall): void;
  /** Calls after the given number. */
  list(after?: number): readonly Call[];
  /** Undefined when there was no such call, or it is forgotten. */
  get(number: number): Call | undefined;
  clear(): void;
  /** Names this record of calls: another after `clear`, and in another process. */
  recordId(): string;
  /** Tells of every new call until the returned function is called. */
  watch(listener: (call: Call) => void): () => void;
}

const MAX_CALLS = 20_000;
const MAX_TEXT = 100_000;

/** Without a masker the calls are kept raw. */
export function createTraffic(masker: Masker | undefined): Traffic {
  let calls: Call[] = [];
  let count = 0;
  let recordId = randomUUID();
  const listeners = new Set<(call: Call) => void>();
  const text = (value: string): string => (masker ? masker.text(value) : value);
  return {
    record({ requestHeaders, requestBody, responseHeaders, responseBody, ...rest }) {
      if (masker) learnNamedByPath(rest.path, requestBody, masker);
      const shownRequestBody = showBody(requestBody, requestHeaders, masker);
      const shownResponseBody = showBody(responseBody, responseHeaders, masker);
      count += 1;
      const call: Call = {
        ...rest,
        number: count,
        path: text(rest.path),
        requestHeaders: showHeaders(requestHeaders, masker),
        requestBody: shownRequestBody,
        responseHeaders: showHeaders(responseHeaders, masker),
        responseBody: shownResponseBody,
      };
      calls.push(call);
      if (calls.length > MAX_CALLS) calls = calls.slice(-MAX_CALLS / 2);
      for (const listener of listeners) listener(call);
    },
    list: (after = 0) => calls.filter((call) => call.number > after),
    get: (number) => calls.find((call) => call.number === number),
    clear() {
      calls = [];
      recordId = randomUUID();
    },
    recordId: () => recordId,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `PUT .../env-vars/API_KEY { value }`: an answer may repeat the value where no name stands beside it. */
function learnNamedByPath(path: string, body: Body, masker: Masker): void {
  const given = parse(decode(body) ?? "");
  if (typeof given !== "object" || given === null || !("value" in given)) return;
  const [, name = ""] = /([^/?]+)(?:\?.*)?$/.exec(path) ?? [];
  // The masker learns from what it is shown.
  masker.json({ name, value: given.value });
}

function showHeaders(headers: Headers, masker: Masker | undefined): Record<string, string> {
  return masker ? masker.headers(headers) : Object.fromEntries(headers);
}

/** JSON as a value, other text as it is, anything else as a size. */
function showBody(body: Body, headers: Headers, masker: Masker | undefined): unknown {
  if (body.length === 0) return null;
  const type = headers.get("content-type") ?? "no content type";
  const encoding = headers.get("content-encoding");
  if (encoding) return `(${body.length} bytes of ${type}, ${encoding})`;
  const text = decode(body);
  if (text === undefined || text.length > MAX_TEXT) return `(${body.length} bytes of ${type})`;
  const parsed = parse(text);
  if (parsed !== undefined) return masker ? masker.json(parsed) : parsed;
  return masker ? masker.text(text) : text;
}

function decode(body: Body): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
