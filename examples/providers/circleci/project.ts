import * as circleci from "../../../providers/circleci/index.ts";

// In an organization with CircleCI's GitHub OAuth app a repository is followed.
new circleci.Project("site", {
  slug: "gh/acme/site",
  settings: { buildForkPrs: true },
});

// In one with the GitHub App a project is created, and pipeline definitions say what it runs.
const project = new circleci.Project("shop", {
  organization: "circleci/9YytKzouJxzu4TjCRFqAoD",
  name: "shop",
});

export const shopSlug = project.slug;
