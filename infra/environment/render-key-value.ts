/** The site's cache: a key value store at Render, where the site is. */
import * as pulumi from "@pulumi/pulumi";
import * as render from "../../providers/render/index.ts";
import { ipAllowList } from "../allowed-addresses.ts";
import type { PartOf } from "../config.ts";
import { privateAddress } from "./private-address.ts";

/** Arguments of Cache. */
export interface CacheArgs {
  readonly settings: PartOf<"cache">;
  /** The site that it is for: its workspace and region are the cache's, or its internal address would lead nowhere. */
  readonly site: Pick<PartOf<"site">, "ownerId" | "region">;
  /** Id of the site's Render environment; undefined when there is none. */
  readonly environmentId: pulumi.Input<string> | undefined;
}

/** A Render key value store. */
export class Cache extends pulumi.ComponentResource {
  readonly cacheId: pulumi.Output<string>;
  readonly cacheName: pulumi.Output<string>;
  /** Address on Render's private network; secret. */
  readonly internalUrl: pulumi.Output<string>;

  constructor(name: string, { settings, site, environmentId }: CacheArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:environment:Cache", name, {}, options);
    const store = new render.KeyValue(
      name,
      {
        name: settings.name,
        plan: settings.plan,
        maxmemoryPolicy: settings.evictionPolicy,
        ownerId: site.ownerId,
        region: site.region,
        ipAllowList: ipAllowList(settings.allow),
        ...(settings.persistence && { persistenceMode: settings.persistence }),
        ...(environmentId && { environmentId }),
      },
      { parent: this },
    );
    this.cacheId = store.id;
    this.cacheName = store.name;
    this.internalUrl = privateAddress("the cache", store.internalConnectionString);
    this.registerOutputs({ cacheId: this.cacheId, cacheName: this.cacheName });
  }
}
