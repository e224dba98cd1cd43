import * as circleci from "../../../providers/circleci/index.ts";

const projectId = "5b7f0f6c-0a3b-4b9c-9d6f-6f5c1f0a2b11";
const definitionId = "0c6a3f7e-1d7d-4a9e-8b52-3a9b1f5f7c22";

// Every push to the repository starts the pipeline.
new circleci.Trigger("pushes", {
  projectId,
  definitionId,
  repositoryId: "123456789",
  eventPreset: "all-pushes",
});

// So does whoever calls an address that only the stack knows.
const nightly = new circleci.Trigger("nightly", {
  projectId,
  definitionId,
  provider: "webhook",
  checkoutRef: "main",
  configRef: "main",
  eventName: "nightly",
});

export const nightlyAddress = nightly.webhookUrl;
