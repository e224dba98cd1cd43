/** Services ("Render Public API", Services). */
import type { z } from "zod";
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmGone, listed } from "../gone.ts";
import { createdService, type ImageService, imageService, type Service, service } from "./answers.ts";

/** Any service, or undefined when it is gone; with its workspace's id, one that is listed there is not taken for gone. */
export async function findService(api: ApiContext, id: string, ownerId?: string): Promise<Service | undefined> {
  const found = await api.client.find(api, `/services/${segment(id)}`, service);
  if (!found && ownerId !== undefined) await confirmServiceGone(api, id, ownerId);
  return found;
}

/** All services of a workspace. */
export function listServices(api: ApiContext, ownerId: string): Promise<Service[]> {
  return api.client.list(api, "/services", "service", service, { ownerId });
}

/** Services of this name, in one workspace or in all that the API key may see. */
export async function servicesNamed(api: ApiContext, name: string, ownerId?: string): Promise<Service[]> {
  const services = await api.client.list(api, "/services", "service", service, { name, ownerId });
  return services.filter((candidate) => candidate.name === name);
}

/** Creates a service. Not repeatable: `createOnce` decides. */
export function postService(api: ApiContext, body: unknown): Promise<z.infer<typeof createdService>> {
  return api.client.call(api, "POST", "/services", createdService, { body });
}

/** Changes a service. The request sets values, so that sending it twice does no harm. */
export function patchService(api: ApiContext, id: string, body: unknown): Promise<ImageService> {
  return api.client.call(api, "PATCH", `/services/${segment(id)}`, imageService, { body, repeatable: true });
}

/** Sets the number of instances. */
export function scaleService(api: ApiContext, id: string, numInstances: number): Promise<void> {
  return api.client.send(api, "POST", `/services/${segment(id)}/scale`, { body: { numInstances }, repeatable: true });
}

/** Switches autoscaling on, or changes it. */
export function putAutoscaling(api: ApiContext, id: string, body: object): Promise<void> {
  return api.client.send(api, "PUT", `/services/${segment(id)}/autoscaling`, { body, repeatable: true });
}

/** Switches autoscaling off. */
export async function removeAutoscaling(api: ApiContext, id: string): Promise<void> {
  await api.client.remove(api, `/services/${segment(id)}/autoscaling`);
}

/** Deletes a service, or finds it gone. */
export async function deleteService(api: ApiContext, id: string, ownerId: string): Promise<void> {
  if (!(await api.client.remove(api, `/services/${segment(id)}`))) await confirmServiceGone(api, id, ownerId);
}

function confirmServiceGone(api: ApiContext, id: string, ownerId: string): Promise<void> {
  const list = () => api.client.list(api, "/services", "service", listed, { ownerId });
  return confirmGone(api, { what: `service ${id}`, id, ownerId }, list);
}
