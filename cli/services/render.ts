/** Render's API with the key of the environment. */
import { RenderClient } from "../../providers/render/plugin/client.ts";
import { serviceToken } from "./token.ts";

/** A client, as the provider's own functions take it. Throws UserError when RENDER_API_KEY is not in the environment. */
export function renderClient(env: NodeJS.ProcessEnv): RenderClient {
  return new RenderClient(serviceToken(env, "RENDER_API_KEY"), env["RENDER_BASE_URL"]);
}
