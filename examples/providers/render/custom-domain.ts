import * as render from "../../../providers/render/index.ts";

const site = render.getServiceOutput({ name: "site" });

const domain = new render.CustomDomain(
  "domain",
  // Render adds example.com by itself, and redirects it.
  { serviceId: site.id, name: "www.example.com" },
);

// What to set at the provider of the DNS, for both.
export const records = domain.dnsRecords;
