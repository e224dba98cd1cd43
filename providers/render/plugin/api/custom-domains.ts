/** Custom domains of a service ("Render Public API", Custom Domains). */
import { createOnce } from "../../../kit/create-once.ts";
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { confirmUnlisted } from "../gone.ts";
import { type CustomDomain, customDomain } from "./answers.ts";

/** All domains, those that Render added as redirects included. */
export function listCustomDomains(api: ApiContext, serviceId: string): Promise<CustomDomain[]> {
  return api.client.list(api, pathOf(serviceId), "customDomain", customDomain);
}

/** Adds a domain. Render may add another by itself that redirects to it. */
export async function addCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<void> {
  await createOnce({
    context: api,
    find: async () => (await listCustomDomains(api, serviceId)).filter((domain) => domain.name === name),
    create: async ({ signal }) => {
      await api.client.send({ ...api, signal }, "POST", pathOf(serviceId), { body: { name } });
      return { name };
    },
    idOf: (domain) => domain.name,
  });
}

/** Removes a domain. */
export async function removeCustomDomain(api: ApiContext, serviceId: string, name: string): Promise<void> {
  if (await api.client.remove(api, `${pathOf(serviceId)}/${segment(name)}`)) return;
  const names = async () => (await listCustomDomains(api, serviceId)).map((domain) => ({ id: domain.name }));
  await confirmUnlisted({ what: `custom domain ${name}`, id: name }, names);
}

function pathOf(serviceId: string): string {
  return `/services/${segment(serviceId)}/custom-domains`;
}
