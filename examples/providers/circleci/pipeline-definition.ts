import * as circleci from "../../../providers/circleci/index.ts";

const project = new circleci.Project("shop", { organization: "circleci/9YytKzouJxzu4TjCRFqAoD", name: "shop" });
const repositoryId = "123456789";

const pipeline = new circleci.PipelineDefinition("build", {
  projectId: project.projectId,
  name: "build",
  description: "Tests every push and builds the image",
  configSource: { repositoryId, filePath: ".circleci/config.yml" },
  checkoutSource: { repositoryId },
});

export const definitionId = pipeline.definitionId;
