/** The emulated services over HTTP, as a test talks to them. */

import type { ServiceName } from "../../sandbox/services/core/service.ts";
import type { Call } from "../../sandbox/services/core/traffic.ts";
import { type RunningServices, type ServicesOptions, startServices } from "../../sandbox/services/host.ts";
import { assertDescribed } from "./described-answer.ts";

/** An answer, its JSON body parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it.
  readonly body: any;
}

/** Sends a request; `body` is sent as JSON unless it is text or bytes. */
export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Started services and clients with their tokens. */
export interface ServicesUnderTest {
  readonly running: RunningServices;
  /** Paths start below `/api/v3`. */
  readonly github: Send;
  /** Paths start at the root. */
  readonly sentry: Send;
  /** Paths start below `/_sandbox`. */
  readonly console: Send;
  traffic(service?: ServiceName): Promise<Call[]>;
  close(): Promise<void>;
}

/** Starts services that forget everything at the end, on free ports. */
export async function startForTest(options: Partial<ServicesOptions> = {}): Promise<ServicesUnderTest> {
  const running = await startServices({ dbFile: ":memory:", ...options });
  const { services, env } = running;
  const console = sender(`${running.console.baseUrl}/_sandbox`, {});
  return {
    running,
    github: sender(`${services.github.baseUrl}/api/v3`, { Authorization: `Bearer ${env["GITHUB_TOKEN"]}` }, "github"),
    sentry: sender(services.sentry.baseUrl, { Authorization: `Bearer ${env["SENTRY_AUTH_TOKEN"]}` }, "sentry"),
    console,
    async traffic(service) {
      const { body } = await console("GET", `/traffic${service ? `?service=${service}` : ""}`);
      return String(body ?? "")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Call);
    },
    close: () => running.close(),
  };
}

/** Every JSON answer of a service is held against its description. */
function sender(base: string, defaults: Record<string, string>, service?: ServiceName): Send {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      redirect: "manual",
      headers: { ...defaults, ...headers },
      ...(body !== undefined && { body: encode(body) }),
    });
    const text = await response.text();
    const isJson = /application\/json/.test(response.headers.get("content-type") ?? "");
    const parsed = text === "" ? undefined : isJson ? JSON.parse(text) : text;
    const { status } = response;
    if (isJson && service) assertDescribed(service, { method, path, status, body: parsed });
    return { status, headers: response.headers, body: parsed };
  };
}

function encode(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}
