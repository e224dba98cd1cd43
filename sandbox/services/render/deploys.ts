/** Deploys of a service: started, listed, canceled, rolled back to. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { cursorOf, existing, page, param, passes, passesTimes, readBody, refuse } from "./answers.ts";
import { deploysOf, isInProgress } from "./deploying/deploy-record.ts";
import type { Deployer } from "./deploying/deployer.ts";
import { formatImage, parseImage } from "./image-reference.ts";
import type { Deploy, Service } from "./model.ts";
import type { Render } from "./render.ts";

const newDeploy = z.object({
  clearCache: z.enum(["clear", "do_not_clear"]).optional(),
  commitId: z.string().optional(),
  imageUrl: z.string().optional(),
});
const rollback = z.object({ deployId: z.string() });

/** Adds the routes. */
export function deployRoutes(app: Hono, render: Render, deployer: Deployer): void {
  const collection = "/v1/services/:service/deploys";
  const deployOf = (c: Context): Deploy => {
    const { id } = existing(render.services, param(c, "service"));
    const deploy = existing(render.deploys, param(c, "deploy"));
    if (deploy.serviceId !== id) refuse(404, `not found: ${deploy.id}`);
    return deploy;
  };

  app.get(collection, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const found = deploysOf(render, id).filter(
      (deploy) => passes(c, "status", deploy.status) && passesTimes(c, deploy),
    );
    const items = page(c, found, (deploy) => deploy.id);
    return c.json(items.map((deploy) => ({ deploy: describe(deploy), cursor: cursorOf(deploy.id) })));
  });

  app.post(collection, async (c) => {
    const service = existing(render.services, param(c, "service"));
    const body = await readBody(c, newDeploy);
    if (body.commitId !== undefined) refuse(400, "commitId is not supported for image-backed services");
    requireRunning(service);
    const image = body.imageUrl === undefined ? service.imagePath : ownImage(service, body.imageUrl);
    const deploy = await deployer.start(service, { trigger: "api", image });
    return deploy ? c.json(describeNew(deploy), 201) : c.body(null, 202);
  });

  app.get(`${collection}/:deploy`, (c) => c.json(describe(deployOf(c))));

  app.post(`${collection}/:deploy/cancel`, (c) => {
    const deploy = deployOf(c);
    if (!isInProgress(deploy)) refuse(400, `cannot cancel deploy with status ${deploy.status}`);
    deployer.cancel(deploy);
    return c.json(describe(deployOf(c)));
  });

  app.post("/v1/services/:service/rollback", async (c) => {
    const service = existing(render.services, param(c, "service"));
    const { deployId } = await readBody(c, rollback);
    const target = render.deploys.get(deployId);
    if (target?.serviceId !== service.id) refuse(404, `not found: ${deployId}`);
    if (target.status !== "live" && target.status !== "deactivated") {
      refuse(400, `cannot roll back to deploy with status ${target.status}`);
    }
    requireRunning(service);
    const options = { trigger: "rollback", image: target.image, rollbackTo: target.id } as const;
    const deploy = await deployer.start(service, options);
    return deploy ? c.json(describeNew(deploy), 201) : c.body(null, 202);
  });
}

function requireRunning(service: Service): void {
  if (service.suspended) refuse(400, "cannot deploy suspended service");
}

/** An image of the service's own repository, under any tag or digest. Refuses with 400 any other. */
export function ownImage(service: Service, imageUrl: string): string {
  const image = parseImage(imageUrl);
  if (!image) refuse(400, `invalid imageUrl: ${imageUrl}`);
  if (image.repository !== parseImage(service.imagePath)?.repository) {
    refuse(400, "imageUrl must match the host, repository and image name of the service's image");
  }
  return formatImage(image);
}

/** A deploy as the answer to its creation has it: recorded answers name what is not there yet, or never will be, as null. */
function describeNew(deploy: Deploy): object {
  return { ...describe(deploy), commit: null, finishedAt: deploy.finishedAt ?? null };
}

/** A deploy as it is read: what is not there is absent (public reports of 2026). */
function describe(deploy: Deploy): object {
  return {
    id: deploy.id,
    image: {
      ref: deploy.image,
      ...(deploy.digest !== undefined && { sha: deploy.digest }),
      ...(deploy.registryCredential !== undefined && { registryCredential: deploy.registryCredential }),
    },
    status: deploy.status,
    trigger: deploy.trigger,
    ...(deploy.startedAt !== undefined && { startedAt: deploy.startedAt }),
    ...(deploy.finishedAt !== undefined && { finishedAt: deploy.finishedAt }),
    createdAt: deploy.createdAt,
    updatedAt: deploy.updatedAt,
  };
}
