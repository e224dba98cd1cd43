/** Environments of projects ("Render Public API", Environments). */
import { type ApiContext, segment } from "../client.ts";

/** Makes a service a member of the environment; it leaves the one it was in. */
export function joinEnvironment(api: ApiContext, environmentId: string, serviceId: string): Promise<void> {
  return api.client.send(api, "POST", pathOf(environmentId), { body: { resourceIds: [serviceId] }, repeatable: true });
}

/** Ends a service's membership, or finds it ended. */
export function leaveEnvironment(api: ApiContext, environmentId: string, serviceId: string): Promise<void> {
  return api.client.remove(api, pathOf(environmentId), { resourceIds: [serviceId] });
}

function pathOf(environmentId: string): string {
  return `/environments/${segment(environmentId)}/resources`;
}
