/** Deploy hooks: a secret address a service with which anybody who has it deploys ("Deploy Hooks"). */
import { createHash } from "node:crypto";
import type { Hono } from "hono";
import { param, refuse } from "./answers.ts";
import type { Deployer } from "./deploying/deployer.ts";
import { ownImage } from "./deploys.ts";
import type { Render } from "./render.ts";

/** Path and query of a service's deploy hook. Render shows it on its pages only. */
export function deployHookPath(serviceId: string): string {
  return `/deploy/${serviceId}?key=${keyOf(serviceId)}`;
}

/** Adds the route, which takes no API key. `imgURL` names another tag or digest of the service's image. */
export function deployHookRoutes(app: Hono, render: Render, deployer: Deployer): void {
  app.on(["GET", "POST"], "/deploy/:service", async (c) => {
    const service = render.services.get(param(c, "service"));
    if (!service || c.req.query("key") !== keyOf(service.id)) refuse(404, "not found");
    const wanted = c.req.query("imgURL");
    const image = wanted === undefined ? service.imagePath : ownImage(service, wanted);
    const deploy = await deployer.start(service, { trigger: "deploy_hook", image });
    return deploy ? c.json({ deploy: { id: deploy.id } }) : c.body(null, 202);
  });
}

function keyOf(serviceId: string): string {
  return createHash("sha256").update(`deploy hook ${serviceId}`).digest("base64url").slice(0, 11);
}
