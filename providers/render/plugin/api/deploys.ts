/** Deploys of a service ("Render Public API", Deploys). */
import { z } from "zod";
import { list, optional } from "../../../kit/answer.ts";
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { type Deploy, deploy } from "./answers.ts";

/** How many of the newest deploys are looked at. */
const RECENT = 20;

const deployPage = list(z.object({ deploy }));

/** The newest deploys, and the one that serves even when it is older. */
export async function listDeploys(api: ApiContext, serviceId: string): Promise<Deploy[]> {
  const page = (query: { limit: number; status?: string }) =>
    api.client.call(api, "GET", pathOf(serviceId), deployPage, { query });
  const recent = await page({ limit: RECENT });
  const complete = recent.length < RECENT || recent.some((item) => item.deploy.status === "live");
  const live = complete ? [] : await page({ limit: 1, status: "live" });
  return [...recent, ...live].map((item) => item.deploy);
}

/** One deploy. */
export function getDeploy(api: ApiContext, serviceId: string, deployId: string): Promise<Deploy> {
  return api.client.call(api, "GET", `${pathOf(serviceId)}/${segment(deployId)}`, deploy);
}

/** Starts a deploy of an image. Undefined when Render queued it and does not tell its id (202). */
export function postDeploy(api: ApiContext, serviceId: string, image: string): Promise<Deploy | undefined> {
  return api.client.call(api, "POST", pathOf(serviceId), optional(deploy), { body: { imageUrl: image } });
}

function pathOf(serviceId: string): string {
  return `/services/${segment(serviceId)}/deploys`;
}
