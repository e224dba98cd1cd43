/** CircleCI's API with the token of the environment. */
import { SERVICES } from "../../infra/services.ts";
import { CircleciClient } from "../../providers/circleci/plugin/client.ts";
import { type Reader, serviceReader } from "./reader.ts";
import { serviceToken } from "./token.ts";

const PUBLIC_ADDRESS = "https://circleci.com";

/** A client, as the provider's own functions take it. Throws UserError when CIRCLE_TOKEN is not in the environment. */
export function circleciClient(env: NodeJS.ProcessEnv): CircleciClient {
  return new CircleciClient(serviceToken(env, SERVICES.circleci.token), env["CIRCLE_BASE_URL"]);
}

/** Reads whole answers, on paths that start with /api/. Throws UserError when CIRCLE_TOKEN is not in the environment. */
export function circleciReader(env: NodeJS.ProcessEnv, signal: AbortSignal): Reader {
  const baseUrl = env["CIRCLE_BASE_URL"] ?? PUBLIC_ADDRESS;
  const headers = { "circle-token": serviceToken(env, SERVICES.circleci.token) };
  return serviceReader({ service: "CircleCI", baseUrl, headers, signal });
}
