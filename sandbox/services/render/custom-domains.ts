/** Custom domains of a service. DNS is not asked: whether a domain points here is a setting of the sandbox. */
import type { Context, Hono } from "hono";
import { parse } from "tldts";
import { z } from "zod";
import { cursorOf, existing, page, param, passes, passesTimes, readBody, refuse } from "./answers.ts";
import { newId } from "./ids.ts";
import type { CustomDomain, Service } from "./model.ts";
import type { Render } from "./render.ts";

const newDomain = z.object({ name: z.string().min(1) });

/** Adds the routes. */
export function customDomainRoutes(app: Hono, render: Render): void {
  const collection = "/v1/services/:service/custom-domains";
  // Recorded answers name no `server`, which the description has.
  const describe = (domain: CustomDomain): object => ({
    id: domain.id,
    name: domain.name,
    domainType: domain.domainType,
    publicSuffix: domain.publicSuffix,
    redirectForName: domain.redirectForName,
    verificationStatus: statusOf(domain),
    createdAt: domain.createdAt,
  });
  const domainOf = (c: Context): CustomDomain => {
    const { id } = existing(render.services, param(c, "service"));
    const idOrName = param(c, "domain");
    const isMeant = (domain: CustomDomain): boolean =>
      domain.serviceId === id && (domain.id === idOrName || domain.name === idOrName);
    const domain = render.customDomains.find(isMeant);
    if (domain === undefined) refuse(404, `not found: ${idOrName}`);
    return domain;
  };

  app.get(collection, (c) => {
    const { id } = existing(render.services, param(c, "service"));
    const found = render.customDomains.list(
      (domain) =>
        domain.serviceId === id &&
        passes(c, "name", domain.name) &&
        passes(c, "domainType", domain.domainType) &&
        passes(c, "verificationStatus", statusOf(domain)) &&
        passesTimes(c, domain),
    );
    const items = page(c, found, (domain) => domain.id);
    return c.json(items.map((item) => ({ customDomain: describe(item), cursor: cursorOf(item.id) })));
  });

  app.post(collection, async (c) => {
    const service = existing(render.services, param(c, "service"));
    const domains = newDomains(render, service, (await readBody(c, newDomain)).name.toLowerCase());
    for (const domain of domains) {
      if (render.customDomains.find(({ name }) => name === domain.name)) {
        refuse(409, `custom domain already exists: ${domain.name}`);
      }
    }
    for (const domain of domains) render.customDomains.put(domain.id, domain);
    return c.json(domains.map(describe), 201);
  });

  app.get(`${collection}/:domain`, (c) => c.json(describe(domainOf(c))));

  app.delete(`${collection}/:domain`, (c) => {
    const domain = domainOf(c);
    const goesToo = (other: CustomDomain): boolean =>
      other.id === domain.id || (other.serviceId === domain.serviceId && other.redirectForName === domain.name);
    for (const { id } of render.customDomains.list(goesToo)) render.customDomains.delete(id);
    return c.body(null, 204);
  });

  app.post(`${collection}/:domain/verify`, (c) => {
    const domain = domainOf(c);
    const verified = render.extras.domainPointsHere?.(domain.name) ?? true;
    render.customDomains.put(domain.id, { ...domain, verified });
    return c.body(null, 202);
  });
}

function statusOf({ verified }: CustomDomain): "verified" | "unverified" {
  return verified ? "verified" : "unverified";
}

/** The domain, and its twin that redirects to it: `www.example.com` for `example.com`, and the reverse. */
function newDomains(render: Render, service: Service, name: string): CustomDomain[] {
  const isWildcard = name.startsWith("*.");
  const { domain: apex, subdomain, publicSuffix, isIp } = parse(isWildcard ? name.slice(2) : name);
  if (!apex || !publicSuffix || isIp) refuse(400, `invalid name: ${name}`);
  const make = (domainName: string, redirectForName: string): CustomDomain => ({
    id: newId("cdm"),
    serviceId: service.id,
    name: domainName,
    domainType: domainName === apex ? "apex" : "subdomain",
    publicSuffix,
    redirectForName,
    verified: false,
    createdAt: render.now(),
  });
  if (isWildcard) return [make(name, "")];
  if (subdomain === "") return [make(name, ""), make(`www.${apex}`, name)];
  if (subdomain === "www") return [make(name, ""), make(apex, name)];
  return [make(name, "")];
}
