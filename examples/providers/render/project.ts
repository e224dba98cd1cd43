import * as render from "../../../providers/render/index.ts";

const project = new render.Project("site", {
  name: "site",
  ownerId: "tea-cjnxpl2jbr3s73f5q6o0",
  environments: [
    { name: "production", protectedStatus: "protected", networkIsolationEnabled: true },
    { name: "staging" },
  ],
});

export const productionId = project.environmentIds.apply((ids) => ids["production"]);
