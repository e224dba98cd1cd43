import * as render from "../../../providers/render/index.ts";

const cache = new render.KeyValue("cache", {
  name: "site-production",
  ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
  plan: "starter",
  region: "frankfurt",
  maxmemoryPolicy: "noeviction",
  persistenceMode: "journal_snapshot",
  ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }],
});

// A secret; for services of the same workspace and region.
export const redisUrl = cache.internalConnectionString;
