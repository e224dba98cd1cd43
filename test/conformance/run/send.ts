/** A request to an emulated service, with its token, as a client of one's own sends it. */

import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import type { RunningServices } from "../../../sandbox/services/host.ts";

const TOKEN_VARIABLE: Readonly<Record<ServiceName, string>> = {
  github: "GITHUB_TOKEN",
  circleci: "CIRCLE_TOKEN",
  sentry: "SENTRY_AUTH_TOKEN",
  render: "RENDER_API_KEY",
};

/** Sends `METHOD /path`; `token` takes the place of the service's own. */
export function sendTo(
  { services, env }: RunningServices,
  service: ServiceName,
  request: string,
  { body, token = env[TOKEN_VARIABLE[service]] ?? "" }: { body?: unknown; token?: string } = {},
): Promise<Response> {
  const [method = "", path = ""] = request.split(" ");
  return fetch(`${services[service].baseUrl}${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(service === "circleci" ? { "circle-token": token } : { authorization: `Bearer ${token}` }),
      "user-agent": "conformance-run",
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
