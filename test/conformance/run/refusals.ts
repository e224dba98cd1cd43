/** Requests that the services refuse, one for each way to refuse that a client has to understand. */
import type { FaultAction } from "../../../sandbox/services/core/faults.ts";
import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import type { RunningServices } from "../../../sandbox/services/host.ts";
import { sendTo } from "./send.ts";

/** A request that must be refused with this status. */
interface Refusal {
  readonly service: ServiceName;
  readonly request: string;
  readonly body?: object;
  readonly status: number;
  /** Instead of the service's own. */
  readonly token?: string;
  /** What makes the service refuse, when the request itself does not. */
  readonly fault?: FaultAction;
}

const NO_TOKEN = { status: 401, token: "none" } as const;
const TOO_MANY = { status: 429, fault: { rateLimit: { retryAfterSeconds: 1 } } } as const;
const BROKEN = { status: 500, fault: { status: 500 } } as const;

const REFUSALS: readonly Refusal[] = [
  { service: "github", request: "GET /api/v3/user", ...NO_TOKEN },
  { service: "github", request: "GET /api/v3/user", ...TOO_MANY },
  { service: "github", request: "GET /api/v3/repos/acme/site/rulesets", ...BROKEN },
  { service: "github", request: "GET /api/v3/repos/acme/absent", status: 404 },
  { service: "github", request: "POST /api/v3/orgs/acme/repos", body: { name: "" }, status: 422 },
  { service: "circleci", request: "GET /api/v2/context", ...NO_TOKEN },
  { service: "circleci", request: "GET /api/v2/context", ...TOO_MANY },
  { service: "circleci", request: "GET /api/v2/context", ...BROKEN },
  { service: "circleci", request: "POST /api/v2/context", body: { name: "n" }, status: 400 },
  { service: "circleci", request: "GET /api/v2/project/gh/acme/absent", status: 404 },
  { service: "sentry", request: "GET /api/0/organizations/acme/", ...NO_TOKEN },
  { service: "sentry", request: "GET /api/0/organizations/acme/", ...TOO_MANY },
  { service: "sentry", request: "GET /api/0/projects/acme/absent/", status: 404 },
  { service: "sentry", request: "POST /api/0/organizations/acme/teams/", body: {}, status: 400 },
  { service: "render", request: "GET /v1/owners", ...NO_TOKEN },
  { service: "render", request: "GET /v1/owners", ...TOO_MANY },
  { service: "render", request: "GET /v1/owners", ...BROKEN },
  { service: "render", request: "GET /v1/services/srv-absent", status: 404 },
  { service: "render", request: "POST /v1/projects", body: {}, status: 400 },
];

/** Makes the requests. Throws when one is answered with another status. */
export async function makeRefusals(services: RunningServices): Promise<void> {
  for (const { service, request, body, status, fault, token } of REFUSALS) {
    if (fault) await post(`${services.console.baseUrl}/_sandbox/faults`, { service, action: fault });
    const answer = await sendTo(services, service, request, { body, ...(token !== undefined && { token }) });
    if (answer.status !== status)
      throw new Error(`${service} answered ${request} with ${answer.status}, not ${status}`);
  }
}

async function post(url: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`POST ${url} answered ${answer.status}`);
}
