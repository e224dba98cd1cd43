import * as circleci from "../../../providers/circleci/index.ts";

const project = new circleci.Project("site", { slug: "gh/acme/site" });
const context = new circleci.Context("production", { name: "site-production", organization: "gh/acme" });

// Only jobs of this project get the context's variables, and only on the branch main.
new circleci.ContextRestriction("site-only", {
  contextId: context.contextId,
  type: "project",
  value: project.projectId,
});
new circleci.ContextRestriction("main-only", {
  contextId: context.contextId,
  type: "expression",
  value: 'pipeline.git.branch == "main"',
});
