/** Custom domains of a service ("Render Public API", Custom Domains). */
import { z } from "zod";
import { createOnce } from "../../../kit/create-once.ts";
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmUnlisted } from "../gone.ts";
import { type CustomDomain, customDomain } from "./answers.ts";

/** All domains, those that Render added as redirects included. */
export function listCustomDomains(api: ApiContext, serviceId: string): Promise<CustomDomain[]> {
  return api.client.list(api, pathOf(serviceId), "customDomain", customDomain);
}

/** Whether the service has a domain of this name. */
export async function hasCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<boolean> {
  const found = await api.client.list(api, pathOf(serviceId), "customDomain", customDomain, { name });
  return found.some((domain) => domain.name === name);
}

/** Adds a domain. Not repeatable: `createOnce` decides. Render answers it, and the one that it adds by itself. */
export async function postCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<CustomDomain> {
  const added = z.array(customDomain).refine((domains) => domains.some((domain) => domain.name === name));
  const domains = await api.client.call(api, "POST", pathOf(serviceId), added, { body: { name } });
  return domains.find((domain) => domain.name === name) as CustomDomain;
}

/** Adds a domain. Render may add another by itself that redirects to it. */
export async function addCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<void> {
  await createOnce({
    context: api,
    find: async () => (await listCustomDomains(api, serviceId)).filter((domain) => domain.name === name),
    create: ({ signal }) => postCustomDomain({ ...api, signal }, serviceId, name),
    idOf: (domain) => domain.name,
  });
}

/** Asks Render to look at the domain's DNS once more. It answers at once, and looks then. */
export function verifyCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<void> {
  return api.client.send(api, "POST", `${pathOf(serviceId)}/${segment(name)}/verify`, { repeatable: true });
}

/** Removes a domain, and with it the one that Render added. Gives whether it was there. */
export function deleteCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<boolean> {
  return api.client.remove(api, `${pathOf(serviceId)}/${segment(name)}`);
}

/** Removes a domain of a service that is there. */
export async function removeCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<void> {
  if (!(await deleteCustomDomain(api, serviceId, name))) await confirmDomainGone(api, serviceId, name);
}

/** Returns when the service, which is there, does not list the domain. */
export async function confirmDomainGone(api: ApiContext, serviceId: string, name: string): Promise<void> {
  const names = async () => (await listCustomDomains(api, serviceId)).map((domain) => ({ id: domain.name }));
  await confirmUnlisted({ what: `custom domain ${name}`, id: name }, names);
}

function pathOf(serviceId: string): string {
  return `/services/${segment(serviceId)}/custom-domains`;
}
