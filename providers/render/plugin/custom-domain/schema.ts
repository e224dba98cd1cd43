/** What a program declares of a custom domain, and what the state keeps of it. */
import { z } from "zod";

const NAME = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** Schema of the inputs. */
export const customDomainInputs = z.object({
  serviceId: z
    .string()
    .min(1)
    .describe("Id of the web service or static site (`srv-…`) that answers. A change replaces the domain."),
  name: z
    .string()
    .max(253)
    .regex(NAME, "a domain name in lower case, without scheme, port or path; other letters as Punycode (`xn--…`)")
    .describe("The domain: `www.example.com`, or `*.example.com` for all below one. A change replaces it."),
});

const record = z
  .object({
    type: z.enum(["A", "CNAME"]).describe("Kind of the record."),
    name: z.string().describe("Its whole name."),
    value: z.string().describe("What it holds."),
  })
  .meta({ typeName: "DnsRecord" });

/** Schema of the outputs. */
export const customDomainOutputs = customDomainInputs.extend({
  ownerId: z.string().describe("Id of the workspace of the service."),
  domainId: z.string().describe("Id of the domain (`cdm-…`)."),
  domainType: z.string().describe("`apex` or `subdomain`."),
  publicSuffix: z.string().describe("The public suffix that it ends with: `com`, `co.uk`."),
  redirectNames: z
    .array(z.string())
    .describe("Domains that Render added by itself and that redirect to this one: `www` for an apex, or the reverse."),
  verificationStatus: z
    .string()
    .describe(
      "`verified` once its DNS points to the service, else `unverified`. Render is asked to look when the domain is made, " +
        "and by each refresh until then.",
    ),
  dnsRecords: z
    .array(record)
    .describe(
      "Records that have to stand in its DNS, for the domains that redirect to it too. Instead of an A record a provider " +
        "may offer ALIAS or ANAME to the service's onrender.com name; AAAA records have to go.",
    ),
  createdAt: z.string().describe("When the domain was added, ISO 8601."),
});

/** Inputs of a custom domain, checked. */
export type CustomDomainInputs = z.infer<typeof customDomainInputs>;

/** Outputs of a custom domain. */
export type CustomDomainOutputs = z.infer<typeof customDomainOutputs>;
