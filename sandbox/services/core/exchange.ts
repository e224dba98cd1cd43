/** One HTTP exchange with an emulated service: faults, the service itself, the request id, the record. */
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { FaultAction, Faults } from "./faults.ts";
import type { EmulatedService } from "./service.ts";
import type { Traffic } from "./traffic.ts";
import { VendorError } from "./vendor-error.ts";
import { type VendorEdge, vendorEdges } from "./vendors.ts";

/** What an exchange needs around the service. */
export interface ExchangeContext {
  readonly traffic: Traffic;
  readonly faults: Faults;
  now(): string;
  /** Told about every failure of the emulation itself. */
  log(message: string): void;
  /** Ends waiting faults when the host stops. */
  readonly stopping: AbortSignal;
}

/** Answers a request to the given service. */
export type Exchange = (request: Request, bindings: HttpBindings) => Promise<Response>;

const notEmulated = new WeakSet<Request>();

/** Says that the vendor has more here than the sandbox emulates; the call is recorded so. */
export function markNotEmulated(request: Request): void {
  notEmulated.add(request);
}

/** Completes the service's app with the vendor's own 404 and errors, and wraps it. */
export function createExchange(service: EmulatedService, context: ExchangeContext): Exchange {
  const edge = vendorEdges[service.name];
  service.app.notFound((c) => {
    markNotEmulated(c.req.raw);
    return c.json(edge.notFound(c.req.path), 404);
  });
  service.app.onError((error, c) => {
    if (error instanceof VendorError) return c.json(error.body, error.status, error.headers);
    context.log(`${service.name}: ${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`);
    return c.json(edge.serverError, 500);
  });

  return async (request, bindings) => {
    const started = performance.now();
    const time = context.now();
    const { pathname, search } = new URL(request.url);
    const path = `${pathname}${search}`;
    const requestBody = new Uint8Array(await request.arrayBuffer());
    const call = { service: service.name, method: request.method, path };

    const rule = context.faults.take(call);
    const lost = rule?.when === "before" ? await refuse(rule.action, edge, context.stopping) : undefined;
    const forwarded = new Request(request.url, {
      method: request.method,
      headers: request.headers,
      ...(requestBody.length > 0 && { body: requestBody }),
    });
    const answered = lost ?? (await service.app.fetch(forwarded, bindings));
    const replaced = rule?.when === "after" ? await refuse(rule.action, edge, context.stopping) : undefined;
    const answer = replaced ?? answered;
    const cut = rule !== undefined && "cut" in rule.action;

    const headers = new Headers(answer.headers);
    headers.set(edge.requestIdHeader, edge.requestId());
    const whole = cut ? new Uint8Array() : new Uint8Array(await answer.arrayBuffer());
    const isTruncated = rule !== undefined && "truncated" in rule.action;
    const responseBody = isTruncated ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
    if (isTruncated) headers.delete("content-length");
    context.traffic.record({
      ...call,
      time,
      requestHeaders: request.headers,
      requestBody,
      status: cut ? null : answer.status,
      responseHeaders: cut ? new Headers() : headers,
      responseBody,
      durationMs: Math.round(performance.now() - started),
      notEmulated: notEmulated.has(forwarded),
      ...(rule && { fault: describe(rule.when, rule.action) }),
    });
    if (cut) bindings.incoming.socket.destroy();
    return new Response(responseBody.length > 0 ? responseBody : null, { status: answer.status, headers });
  };
}

/** The answer that a fault puts in the service's place; undefined when it only takes time. */
async function refuse(action: FaultAction, edge: VendorEdge, stopping: AbortSignal): Promise<Response | undefined> {
  if ("delayMs" in action) {
    await sleep(action.delayMs, undefined, { signal: stopping }).catch(() => {});
    return undefined;
  }
  if ("truncated" in action) return undefined;
  if ("text" in action) {
    return new Response(action.text, { status: action.status, headers: { "Content-Type": action.type } });
  }
  if ("cut" in action) return new Response(null, { status: 500 });
  if ("rateLimit" in action) {
    const headers = { "Retry-After": String(action.rateLimit.retryAfterSeconds) };
    return Response.json(edge.rateLimited, { status: 429, headers });
  }
  if (action.body !== undefined) return Response.json(action.body, { status: action.status });
  const hasBody = action.status !== 204 && action.status !== 205 && action.status !== 304;
  return hasBody
    ? Response.json(edge.serverError, { status: action.status })
    : new Response(null, { status: action.status });
}

function describe(when: "before" | "after", action: FaultAction): string {
  if ("delayMs" in action) return `${when} effect: ${action.delayMs} ms slower`;
  if ("cut" in action) return `${when} effect: connection cut`;
  if ("truncated" in action) return "answer cut in the middle";
  if ("rateLimit" in action) return `${when} effect: rate limited`;
  return `${when} effect: answered ${action.status}`;
}
