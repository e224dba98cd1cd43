/**
 * One HTTP exchange over Node's own http and https modules. Not `fetch`: its WebAssembly parser alone takes 15 MB
 * in every plugin process. Connections are kept alive by Node's global agents, which also honour
 * NODE_USE_ENV_PROXY.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

// An import of node:http reads each of its exports, and one of them loads all of Node's fetch: 20 ms at every start.
const { request: httpRequest } = process.getBuiltinModule("node:http");

export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name; repeated ones are joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** Sends a request and reads the whole answer. Rejects with Node's own error when there is none. */
export async function exchange(options: Exchange): Promise<Answer> {
  const { url, method, headers, body, signal } = options;
  const send = url.protocol === "https:" ? process.getBuiltinModule("node:https").request : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = send(url, { method, headers: withLength(headers, body), signal });
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

function withLength(headers: Readonly<Record<string, string>>, body: string | undefined): Record<string, string> {
  return { ...headers, "content-length": String(body === undefined ? 0 : Buffer.byteLength(body)) };
}

function joined(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return Object.fromEntries(entries);
}
