import * as circleci from "../../../providers/circleci/index.ts";

const project = new circleci.Project("site", { slug: "gh/acme/site" });

new circleci.CheckoutKey("site", { project: project.slug });
