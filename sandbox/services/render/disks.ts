/**
 * Disks of services: added, listed, read, changed, deleted ("Render Public API", Disks). One disk at most belongs to a
 * service, of one instance and of a paid plan ("Persistent Disks").
 */
import type { Hono } from "hono";
import { z } from "zod";
import { markNotEmulated } from "../core/exchange.ts";
import { cursorOf, page, param, passes, passesTimes, readBody, refuse } from "./answers.ts";
import { recordEvent } from "./events.ts";
import { newId } from "./ids.ts";
import type { Disk, Service, ServiceDetails } from "./model.ts";
import type { Render } from "./render.ts";

const settings = z.object({
  name: z.string().min(1),
  mountPath: z.string().regex(/^\/./),
  sizeGB: z.int().min(1),
});
const newDisk = settings.extend({ serviceId: z.string() });
const change = settings.partial();

/** Adds the routes. */
export function diskRoutes(app: Hono, render: Render): void {
  const owners = (): (Service & { readonly details: { readonly disk: Disk } })[] =>
    render.services.list(({ details }) => details.disk !== undefined) as ReturnType<typeof owners>;
  const ownerOf = (id: string) =>
    owners().find(({ details }) => details.disk.id === id) ?? refuse(404, `not found: ${id}`);
  const save = (service: Service, details: ServiceDetails): void => {
    render.services.put(service.id, { ...service, details, updatedAt: render.now() });
  };

  app.get("/v1/disks", (c) => {
    const found = owners().filter(
      ({ id, ownerId, details: { disk } }) =>
        passes(c, "ownerId", ownerId) &&
        passes(c, "serviceId", id) &&
        passes(c, "diskId", disk.id) &&
        passes(c, "name", disk.name) &&
        passesTimes(c, disk),
    );
    const items = page(c, found, ({ details }) => details.disk.id);
    return c.json(items.map((service) => ({ disk: describe(service), cursor: cursorOf(service.details.disk.id) })));
  });

  app.post("/v1/disks", async (c) => {
    const { serviceId, ...wanted } = await readBody(c, newDisk);
    // It is remembered and shown; no instance sees it.
    markNotEmulated(c.req.raw);
    const service = render.services.get(serviceId) ?? refuse(404, `not found: ${serviceId}`);
    if (service.details.disk) refuse(400, "service already has a disk");
    const disk = diskFrom(render, wanted);
    save(service, checkedDisk({ ...service.details, disk }));
    recordEvent(render, serviceId, "disk_created", { diskId: disk.id });
    return c.json(describe(ownerOf(disk.id)), 201);
  });

  app.get("/v1/disks/:disk", (c) => c.json(describe(ownerOf(param(c, "disk")))));

  app.patch("/v1/disks/:disk", async (c) => {
    const body = await readBody(c, change);
    const service = ownerOf(param(c, "disk"));
    const { disk } = service.details;
    // "When resizing a disk, the new size must be greater than the current size"; recorded requests repeat the size.
    if (body.sizeGB !== undefined && body.sizeGB < disk.sizeGB) refuse(400, "invalid sizeGB: disks cannot be shrunk");
    const changed: Disk = {
      ...disk,
      name: body.name ?? disk.name,
      mountPath: body.mountPath ?? disk.mountPath,
      sizeGB: body.sizeGB ?? disk.sizeGB,
      updatedAt: render.now(),
    };
    save(service, { ...service.details, disk: changed });
    recordEvent(render, service.id, "disk_updated", { diskId: disk.id });
    return c.json(describe(ownerOf(disk.id)));
  });

  app.delete("/v1/disks/:disk", (c) => {
    const service = ownerOf(param(c, "disk"));
    const { disk, ...details } = service.details;
    save(service, details);
    recordEvent(render, service.id, "disk_deleted", { diskId: disk.id });
    return c.body(null, 204);
  });
}

/** A new disk. */
export function diskFrom(render: Render, wanted: Pick<Disk, "name" | "mountPath" | "sizeGB">): Disk {
  const now = render.now();
  return { id: newId("dsk"), ...wanted, createdAt: now, updatedAt: now };
}

/** The details, if their disk can be had with them. Refuses with 400 ("Persistent Disks", limitations). */
export function checkedDisk(details: ServiceDetails): ServiceDetails {
  if (!details.disk) return details;
  if (details.plan === "free") refuse(400, "disks are not supported for free tier services");
  if (details.numInstances > 1 || details.autoscaling?.enabled) {
    refuse(400, "services with a disk cannot have more than one instance");
  }
  return details;
}

function describe({ id, details }: Service & { readonly details: { readonly disk: Disk } }): object {
  return { ...details.disk, serviceId: id };
}
