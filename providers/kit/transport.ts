/**
 * One HTTP exchange over Node's own http and https modules. Not `fetch`: its WebAssembly parser alone takes 15 MB
 * in every plugin process. Connections are kept alive by Node's global agents, which also honour
 * NODE_USE_ENV_PROXY.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { VERSION } from "./version.ts";

// An import of node:http reads each of its exports, and one of them loads all of Node's fetch: 20 ms at every start.
const { request: httpRequest } = process.getBuiltinModule("node:http");

export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** Whether what is read is followed to where it moved, at the same address only: the authentication is for no other. */
  readonly follow?: boolean;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name; repeated ones are joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** Where the answer came from, when what was asked for has moved there. */
  readonly movedTo?: URL | undefined;
}

/** GitHub refuses requests that do not name their sender ("User agent required"); Node names none by itself. */
const SENDER = { "user-agent": `delivery/${VERSION}` };
const MOVED = new Set([301, 302, 307, 308]);
/** How often what is read may have moved; each name that an object had may lead to the next. */
const MOST_MOVES = 5;

/** Sends a request and reads the whole answer. Rejects with Node's own error when there is none. */
export async function exchange(options: Exchange): Promise<Answer> {
  let { url } = options;
  for (let moves = 0; ; moves += 1) {
    const answer = await exchangeOnce({ ...options, url });
    const next = options.follow && moves < MOST_MOVES ? movedTo(options.method, url, answer) : undefined;
    if (!next) return moves === 0 ? answer : { ...answer, movedTo: url };
    url = next;
  }
}

function movedTo(method: string, url: URL, { status, headers }: Answer): URL | undefined {
  const location = headers["location"] ?? "";
  if (!MOVED.has(status) || !["GET", "HEAD"].includes(method) || !URL.canParse(location, url.href)) return undefined;
  const next = new URL(location, url);
  return next.origin === url.origin ? next : undefined;
}

async function exchangeOnce(options: Exchange): Promise<Answer> {
  const { url, method, headers, body, signal } = options;
  const send = url.protocol === "https:" ? process.getBuiltinModule("node:https").request : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = send(url, { method, headers: completed(headers, body), signal });
    outgoing.on("response", resolve).on("error", reject);
    outgoing.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: joined(response.headers),
    text: Buffer.concat(chunks).toString("utf8"),
  };
}

function completed(headers: Readonly<Record<string, string>>, body: string | undefined): Record<string, string> {
  return { ...SENDER, ...headers, "content-length": String(body === undefined ? 0 : Buffer.byteLength(body)) };
}

function joined(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return Object.fromEntries(entries);
}
