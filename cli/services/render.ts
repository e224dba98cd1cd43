/** Render's API with the key of the environment. */
import { SERVICES } from "../../infra/services.ts";
import { RenderClient } from "../../providers/render/plugin/client.ts";
import { type Reader, serviceReader } from "./reader.ts";
import { serviceToken } from "./token.ts";

const PUBLIC_ADDRESS = "https://api.render.com";

/** A client, as the provider's own functions take it. Throws UserError when RENDER_API_KEY is not in the environment. */
export function renderClient(env: NodeJS.ProcessEnv): RenderClient {
  return new RenderClient(serviceToken(env, SERVICES.render.token), env["RENDER_BASE_URL"]);
}

/** Reads whole answers, on paths below /v1. Throws UserError when RENDER_API_KEY is not in the environment. */
export function renderReader(env: NodeJS.ProcessEnv, signal: AbortSignal): Reader {
  const address = (env["RENDER_BASE_URL"] ?? PUBLIC_ADDRESS).replace(/\/+$/, "");
  const headers = { authorization: `Bearer ${serviceToken(env, SERVICES.render.token)}` };
  const baseUrl = address.endsWith("/v1") ? address : `${address}/v1`;
  return serviceReader({ service: "Render", baseUrl, headers, signal });
}
