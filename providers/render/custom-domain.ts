/**
 * CustomDomain: a custom domain of a web service or static site.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "./types.ts";
import { VERSION } from "./version.ts";

/** Arguments of a custom domain. */
export interface CustomDomainArgs {
  /** Id of the web service or static site (`srv-…`) that answers. A change replaces the domain. */
  serviceId: pulumi.Input<string>;
  /** The domain: `www.example.com`, or `*.example.com` for all below one. A change replaces it. */
  name: pulumi.Input<string>;
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
const PROPERTIES = {
  serviceId: undefined,
  name: undefined,
  ownerId: undefined,
  domainId: undefined,
  domainType: undefined,
  publicSuffix: undefined,
  redirectNames: undefined,
  verificationStatus: undefined,
  dnsRecords: undefined,
  createdAt: undefined,
};

/**
 * A custom domain of a web service or static site (Render Public API, Custom Domains). Render adds the `www` name
 * of an apex by itself, and the reverse, and redirects it; the two go together. Its DNS is yours to set:
 * `dnsRecords` says to what. Import by service and domain: `srv-…/www.example.com`, also with the service's name.
 */
export class CustomDomain extends pulumi.CustomResource {
  /** Id of the web service or static site (`srv-…`) that answers. A change replaces the domain. */
  declare readonly serviceId: pulumi.Output<string>;
  /** The domain: `www.example.com`, or `*.example.com` for all below one. A change replaces it. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the workspace of the service. */
  declare readonly ownerId: pulumi.Output<string>;
  /** Id of the domain (`cdm-…`). */
  declare readonly domainId: pulumi.Output<string>;
  /** `apex` or `subdomain`. */
  declare readonly domainType: pulumi.Output<string>;
  /** The public suffix that it ends with: `com`, `co.uk`. */
  declare readonly publicSuffix: pulumi.Output<string>;
  /** Domains that Render added by itself and that redirect to this one: `www` for an apex, or the reverse. */
  declare readonly redirectNames: pulumi.Output<string[]>;
  /**
   * `verified` once its DNS points to the service, else `unverified`. Render is asked to look when the domain is
   * made, and by each refresh until then.
   */
  declare readonly verificationStatus: pulumi.Output<string>;
  /**
   * Records that have to stand in its DNS, for the domains that redirect to it too. Instead of an A record a
   * provider may offer ALIAS or ANAME to the service's onrender.com name; AAAA records have to go.
   */
  declare readonly dnsRecords: pulumi.Output<DnsRecord[]>;
  /** When the domain was added, ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  /** Declares a custom domain. */
  constructor(name: string, args: CustomDomainArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args };
    const own = { version: VERSION };
    super("render:index:CustomDomain", name, properties, pulumi.mergeOptions(own, options));
  }
}
