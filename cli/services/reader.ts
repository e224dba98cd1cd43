/** Reads from a service and keeps the whole answer: status, headers, body. It sends nothing but GET and HEAD. */
import type { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";
import { readAnswer, successBody } from "../../providers/kit/answer.ts";
import { judge, refusal } from "../../providers/kit/failed-request.ts";
import { askedWait } from "../../providers/kit/rate-limit.ts";
import { nameOf, type RequestName } from "../../providers/kit/request-name.ts";
import { DEFAULT_LIMITS, type RetryLimits, retry } from "../../providers/kit/retry.ts";
import type { Access } from "../../providers/kit/service-error.ts";
import { type Answer, exchange } from "../../providers/kit/transport.ts";

/** Where a service is, and how it is asked. */
export interface ReaderOptions {
  /** The service's name, for messages. */
  readonly service: string;
  /** Where the API is; paths are appended. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends every request. */
  readonly signal: AbortSignal;
}

/** An answer, whatever its status. */
export interface ReadAnswer extends Pick<Answer, "status" | "headers"> {
  /** The request, for messages: `GitHub GET /user`. */
  readonly request: string;
  /** Parsed when it is JSON, else the text. Of a success it is JSON. */
  readonly body: unknown;
}

/** Asks one service. The same path is asked once, however many want to know. */
export interface Reader {
  /**
   * Throws Error, naming the service and its address, when there is no answer; UnreadableAnswerError for a success that
   * is not JSON; ServiceError when the service takes no more requests for a while.
   */
  get(path: string): Promise<ReadAnswer>;
  head(path: string): Promise<ReadAnswer>;
}

/** What a schema takes from an answer's body. Throws UnreadableAnswerError, naming the request and the field. */
export function bodyRead<Body>(answer: ReadAnswer, schema: z.ZodType<Body>): Body {
  const [, service = "", method = "", path = ""] = /^(.+) (GET|HEAD) (.*)$/s.exec(answer.request) ?? [];
  return readAnswer(schema, answer.body, { service, method, path });
}

const TIMEOUT_MS = 10_000;
/** A person waits, and may ask again: a longer wait than this is told instead. */
const LIMITS: RetryLimits = { ...DEFAULT_LIMITS, attempts: 3, longestAskedMs: 2_000 };
/** A limit is nothing that a token could change. */
const NO_ACCESS: Access = { tokenVariable: "", permission: "" };

/** A reader of one service. */
export function serviceReader(options: ReaderOptions): Reader {
  return onlyOnce((method, path) => read(options, method, path));
}

/** A reader that asks by `ask`, and the same path only once. */
export function onlyOnce(ask: (method: "GET" | "HEAD", path: string) => Promise<ReadAnswer>): Reader {
  const answers = new Map<string, Promise<ReadAnswer>>();
  const once = (method: "GET" | "HEAD", path: string): Promise<ReadAnswer> => {
    const key = `${method} ${path}`;
    const known = answers.get(key) ?? ask(method, path);
    answers.set(key, known);
    return known;
  };
  return { get: (path) => once("GET", path), head: (path) => once("HEAD", path) };
}

function read(options: ReaderOptions, method: "GET" | "HEAD", path: string): Promise<ReadAnswer> {
  const { signal } = options;
  return retry(() => readOnce(options, method, path), { signal, limits: LIMITS, judge: (error) => judge(error, true) });
}

async function readOnce(options: ReaderOptions, method: "GET" | "HEAD", path: string): Promise<ReadAnswer> {
  const { service, headers = {} } = options;
  const url = new URL(`${options.baseUrl.replace(/\/+$/, "")}${path}`);
  const name: RequestName = { service, method, path: url.pathname };
  const answer = await answerOf(options, url, method, { accept: "application/json", ...headers });
  if (askedWait(answer).limited) throw refusal(name, answer, NO_ACCESS);
  const isRead = method === "GET" && answer.status >= 200 && answer.status < 300;
  const body = isRead ? successBody(answer, name) : parsed(answer.text);
  return { request: nameOf(name), status: answer.status, headers: answer.headers, body };
}

async function answerOf(
  { service, signal }: ReaderOptions,
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const silence = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await exchange({ url, method, headers, signal: AbortSignal.any([signal, silence]) });
  } catch (error) {
    signal.throwIfAborted();
    const reason = silence.aborted ? `silence for ${TIMEOUT_MS / 1000} s` : reasonOf(error);
    throw new Error(`${service} at ${url.origin} gives no answer: ${reason}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}

function parsed(text: string): unknown {
  return text === "" ? undefined : (jsonIn(text) ?? text);
}
