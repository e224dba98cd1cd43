/** The function getService. */
import { z } from "zod";
import type { FunctionDefinition } from "../../kit/resource.ts";
import { listDeploys } from "./api/deploys.ts";
import { findService, servicesNamed } from "./api/services.ts";
import type { RenderClient } from "./client.ts";
import { historyOf } from "./deploys/history.ts";
import { onlyOne } from "./only-one.ts";
import { WEB_SERVICE } from "./service/kinds.ts";
import { asKind } from "./service/observe.ts";

const inputs = z.object({
  id: z.string().min(1).optional().describe("Id of the service (`srv-…`)."),
  name: z.string().min(1).optional().describe("Name of the service, when its id is not given."),
  ownerId: z.string().min(1).optional().describe("Id of the workspace in which the name is looked up; all by default."),
});

const outputs = z.object({
  id: z.string().describe("Id of the service."),
  name: z.string().describe("Name of the service."),
  ownerId: z.string().describe("Id of the workspace that owns it."),
  region: z.string().describe("Where it runs."),
  plan: z.string().describe("Instance type."),
  image: z.string().describe("The configured image."),
  slug: z.string().describe("Name of the service in its address, unique on Render."),
  url: z.string().describe("Address of the site on Render's own domain."),
  dashboardUrl: z.string().describe("Address of the service's page in the dashboard."),
  deployId: z.string().optional().describe("Id of the newest deploy."),
  deployStatus: z.string().optional().describe("Status of the newest deploy."),
  liveImage: z.string().optional().describe("Reference of the image that serves."),
  liveDigest: z.string().optional().describe("Digest of the image that serves."),
  suspended: z.boolean().describe("Whether the service is suspended."),
});

type Arguments = z.infer<typeof inputs>;
type Result = z.infer<typeof outputs>;

/** Looks a web service up. */
export const getService: FunctionDefinition<RenderClient, Arguments, Result> = {
  token: "render:index:getService",
  description:
    "The web service with this id or name, and what it runs (Render Public API, Services and Deploys). It is an error " +
    "when there is none, or more than one of the name.",
  inputs,
  outputs,
  async invoke(context, { id, name, ownerId }) {
    if ((id === undefined) === (name === undefined)) throw new Error("getService needs either an id or a name");
    const found =
      id === undefined
        ? onlyOne("service", name ?? "", await servicesNamed(context, name ?? "", ownerId))
        : await findService(context, id);
    if (!found)
      throw new Error(`there is no service ${id ?? `named "${name}"`} that the API key in RENDER_API_KEY may see`);
    const service = asKind(WEB_SERVICE, found);
    const { newest, live } = historyOf(await listDeploys(context, service.id));
    return {
      id: service.id,
      name: service.name,
      ownerId: service.ownerId,
      region: service.serviceDetails.region,
      plan: service.serviceDetails.plan,
      image: service.imagePath,
      slug: service.slug,
      url: service.serviceDetails.url,
      dashboardUrl: service.dashboardUrl,
      deployId: newest?.id,
      deployStatus: newest?.status,
      liveImage: live?.image?.ref,
      liveDigest: live?.image?.sha,
      suspended: service.suspended === "suspended",
    };
  },
};
