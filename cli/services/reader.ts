/** Reads from a service and keeps the whole answer: status, headers, body. It sends nothing but GET and HEAD. */
import type { z } from "zod";
import { readAnswer } from "../../providers/kit/answer.ts";
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
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
}

/** Asks one service. The same path is asked once, however many want to know. */
export interface Reader {
  /** Throws Error, naming the service and its address, when there is no answer. */
  get(path: string): Promise<ReadAnswer>;
  head(path: string): Promise<ReadAnswer>;
}

/** What a schema takes from an answer's body. Throws UnreadableAnswerError, naming the request and the field. */
export function bodyRead<Body>(answer: ReadAnswer, schema: z.ZodType<Body>): Body {
  const [, service = "", method = "", path = ""] = /^(.+) (GET|HEAD) (.*)$/s.exec(answer.request) ?? [];
  return readAnswer(schema, answer.body, { service, method, path });
}

const TIMEOUT_MS = 10_000;

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

async function read(options: ReaderOptions, method: string, path: string): Promise<ReadAnswer> {
  const { service, baseUrl, headers = {}, signal } = options;
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}${path}`);
  const silence = AbortSignal.timeout(TIMEOUT_MS);
  const request = `${service} ${method} ${url.pathname}`;
  try {
    const asked = { accept: "application/json", ...headers };
    const {
      status,
      headers: answered,
      text,
    } = await exchange({
      url,
      method,
      headers: asked,
      signal: AbortSignal.any([signal, silence]),
    });
    return { request, status, headers: answered, body: parsed(text) };
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
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
