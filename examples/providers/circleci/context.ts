import * as circleci from "../../../providers/circleci/index.ts";

const context = new circleci.Context("production", {
  name: "site-production",
  organization: "gh/acme",
});

export const contextId = context.contextId;
