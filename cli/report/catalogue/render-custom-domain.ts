/** Domains of Render's services. */
import type { ResourceKind } from "./kind.ts";
import { high } from "./meaning.ts";

/** A custom domain. Its DNS is not Render's: what is lost with it is the answer. */
export const customDomain: ResourceKind = {
  service: "Render",
  kind: "custom domain",
  labels: ["name"],
  loss: "The site answers there no longer, nor at the name that redirects to it. DNS records that point to it stay: take them away too.",
  unordered: ["dnsRecords", "redirectNames"],
  bookkeeping: ["verificationStatus", "domainId"],
  says: {
    create: (name) => high("adds", `the host ${name}`, "the stack's outputs hold its DNS records"),
    delete: (name) => high("removes", `the host ${name}`, "the site answers there no longer"),
  },
};
