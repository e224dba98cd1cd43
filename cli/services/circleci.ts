/** CircleCI's API with the token of the environment. */
import { CircleciClient } from "../../providers/circleci/plugin/client.ts";
import { serviceToken } from "./token.ts";

/** A client, as the provider's own functions take it. Throws UserError when CIRCLE_TOKEN is not in the environment. */
export function circleciClient(env: NodeJS.ProcessEnv): CircleciClient {
  return new CircleciClient(serviceToken(env, "CIRCLE_TOKEN"), env["CIRCLE_BASE_URL"]);
}
