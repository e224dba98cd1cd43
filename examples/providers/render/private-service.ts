import * as render from "../../../providers/render/index.ts";

const search = new render.PrivateService("search", {
  name: "site-search",
  ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
  image: "docker.io/getmeili/meilisearch:v1.13",
  region: "frankfurt",
  plan: "starter",
  disk: { name: "index", mountPath: "/meili_data", sizeGB: 10 },
});

// For services of the same workspace and region.
export const url = search.url;
