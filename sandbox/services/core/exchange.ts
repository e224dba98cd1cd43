/** One HTTP exchange with an emulated service: faults, the service itself, the request id, the record. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { FaultAction, Faults, MetFault } from "./faults.ts";
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
    const refused = rule?.when === "before" ? await refuse(rule, edge, context.stopping) : undefined;
    // A caller that has hung up while its call was waiting never got through to the service.
    const hungUp = rule?.when === "before" && bindings.incoming.socket.destroyed;
    const lost = hungUp ? new Response(null, { status: 499 }) : refused;
    const { method, headers: requestHeaders } = request;
    const body = requestBody.length > 0 ? requestBody : null;
    const forwarded = new Request(request.url, { method, headers: requestHeaders, body });
    if (rule && "doubled" in rule.action) await service.app.fetch(forwarded.clone(), bindings);
    const answered = lost ?? (await service.app.fetch(forwarded, bindings));
    const replaced = rule?.when === "after" ? await refuse(rule, edge, context.stopping) : undefined;
    const answer = replaced ?? answered;
    const cut = hungUp || (rule !== undefined && "cut" in rule.action && rule.action.cut === true);

    const headers = new Headers(answer.headers);
    headers.set(edge.requestIdHeader, edge.requestId());
    const whole = cut ? new Uint8Array() : new Uint8Array(await answer.arrayBuffer());
    const isTruncated = rule !== undefined && "truncated" in rule.action;
    const responseBody = isTruncated ? halfOf(whole) : whole;
    if (isTruncated) headers.delete("content-length");
    context.traffic.record({
      ...call,
      time,
      requestHeaders,
      requestBody,
      status: cut ? null : answer.status,
      responseHeaders: cut ? new Headers() : headers,
      responseBody,
      durationMs: Math.round(performance.now() - started),
      notEmulated: notEmulated.has(forwarded),
      ...(rule && { fault: describe(rule.when, rule.action) }),
    });
    if (cut) bindings.incoming.socket.destroy();
    if (rule && "cut" in rule.action && rule.action.cut === "body" && whole.length > 0) {
      const { outgoing, incoming } = bindings;
      outgoing.writeHead(answer.status, { ...Object.fromEntries(headers), "content-length": whole.length });
      outgoing.write(halfOf(whole), () => incoming.socket.destroy());
      return RESPONSE_ALREADY_SENT;
    }
    return new Response(responseBody.length > 0 ? responseBody : null, { status: answer.status, headers });
  };
}

/** The answer that a fault puts in the service's place; undefined when it only takes time. */
async function refuse(
  { action, due }: MetFault,
  edge: VendorEdge,
  stopping: AbortSignal,
): Promise<Response | undefined> {
  if (due) await Promise.race([due, stopped(stopping)]);
  if ("delayMs" in action) {
    await sleep(action.delayMs, undefined, { signal: stopping }).catch(() => {});
    return undefined;
  }
  if ("truncated" in action || "doubled" in action || ("cut" in action && action.cut === "body")) return undefined;
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

function halfOf(whole: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return whole.slice(0, Math.floor(whole.length / 2));
}

function stopped(stopping: AbortSignal): Promise<unknown> {
  return stopping.aborted ? Promise.resolve() : once(stopping, "abort");
}

function describe(when: "before" | "after", action: FaultAction): string {
  if ("delayMs" in action) return `${when} effect: ${action.delayMs} ms slower`;
  if ("doubled" in action) return "sent twice";
  if ("cut" in action && action.cut === "body") return "connection cut in the middle of the answer";
  if ("cut" in action) return `${when} effect: connection cut`;
  if ("truncated" in action) return "answer cut in the middle";
  if ("rateLimit" in action) return `${when} effect: rate limited`;
  return `${when} effect: answered ${action.status}`;
}
