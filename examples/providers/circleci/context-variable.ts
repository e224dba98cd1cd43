import * as pulumi from "@pulumi/pulumi";
import * as circleci from "../../../providers/circleci/index.ts";

const config = new pulumi.Config();
const context = new circleci.Context("production", { name: "site-production", organization: "gh/acme" });

new circleci.ContextVariable("render-api-key", {
  contextId: context.contextId,
  name: "RENDER_API_KEY",
  value: config.requireSecret("renderApiKey"),
});
