import * as pulumi from "@pulumi/pulumi";
import * as circleci from "../../../providers/circleci/index.ts";

const config = new pulumi.Config();

new circleci.ProjectVariable("codecov-token", {
  project: "gh/acme/site",
  name: "CODECOV_TOKEN",
  value: config.requireSecret("codecovToken"),
});
