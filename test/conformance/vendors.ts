/** The vendors' OpenAPI descriptions. They are no part of this repository: OPENAPI_DIR names the folder that has them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceName } from "../../sandbox/services/core/service.ts";
import type { Call } from "../../sandbox/services/core/traffic.ts";
import { callCheck, type Finding, type HttpCall } from "./openapi/check.ts";
import type { Json } from "./openapi/document.ts";

/** The folder of the descriptions; undefined when the environment names none. */
export const descriptionsFolder: string | undefined = process.env["OPENAPI_DIR"] || undefined;

/** Where each service has what its description describes. GitHub's is the path that its server edition uses. */
const PREFIXES: Readonly<Record<ServiceName, string>> = {
  github: "/api/v3",
  circleci: "/api/v2",
  sentry: "",
  render: "/v1",
};

/** Checks calls, by their path below the prefix, against the service's description. Throws when it is not there. */
export function descriptionCheck(folder: string, service: ServiceName): (call: HttpCall) => Finding {
  return callCheck(JSON.parse(readFileSync(join(folder, `${service}.json`), "utf8")) as Json);
}

/** The same for recorded calls. */
export function recordedCallCheck(folder: string, service: ServiceName): (call: Call) => Finding {
  const check = descriptionCheck(folder, service);
  return (call) => {
    const { pathname, searchParams } = new URL(call.path, "http://service");
    if (!pathname.startsWith(`${PREFIXES[service]}/`)) return { route: undefined, problems: ["not described"] };
    return check({ ...payloadsOf(call), path: pathname.slice(PREFIXES[service].length), query: searchParams });
  };
}

function payloadsOf(call: Call): Omit<HttpCall, "path" | "query"> {
  if (call.status === null) throw new Error(`${call.method} ${call.path} was cut; there is no answer to check`);
  return {
    method: call.method,
    requestBody: { contentType: call.requestHeaders["content-type"], value: call.requestBody },
    status: call.status,
    responseBody: { contentType: call.responseHeaders["content-type"], value: call.responseBody },
  };
}
