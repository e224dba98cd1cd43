import assert from "node:assert/strict";
import { renderRegistry } from "../../infra/render-registry.ts";
import { registryOf } from "../../providers/kit/image-reference.ts";

describe("image registry", () => {
  const repositories: [repository: string, address: string, render: string][] = [
    ["acme/site", "docker.io", "DOCKER"],
    ["python", "docker.io", "DOCKER"],
    ["docker.io/acme/site", "docker.io", "DOCKER"],
    ["localhost/site", "localhost", "DOCKER"],
    ["localhost:5000/acme/site", "localhost:5000", "DOCKER"],
    ["ghcr.io/acme/site", "ghcr.io", "GITHUB"],
    ["registry.gitlab.com/acme/site", "registry.gitlab.com", "GITLAB"],
    ["europe-docker.pkg.dev/acme/web/site", "europe-docker.pkg.dev", "GOOGLE_ARTIFACT"],
    ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/site", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "AWS_ECR"],
  ];
  for (const [repository, address, render] of repositories)
    it(`of ${repository} is ${address}, which Render calls ${render}`, () => {
      assert.equal(registryOf(repository), address);
      assert.equal(renderRegistry(repository), render);
    });
});
