/** What is particular to Docker Hub: who sees a repository, and its webhooks. */
import { deliveryOf } from "../../../infra/delivery.ts";
import { DOCKER_HUB, registryOf } from "../../../providers/kit/image-reference.ts";
import { findHubRepository } from "../../services/docker-hub.ts";
import { repositoryPath } from "../../services/registry.ts";
import { partCheck } from "../check.ts";
import { notChecked, ok, problem, warn } from "../finding.ts";
import { question } from "./registry-login.ts";

const isOnHub = ({ repository }: { readonly repository: string }): boolean => registryOf(repository) === DOCKER_HUB;

export const dockerHubRepository = partCheck("image", {
  id: "docker-hub-repository",
  area: "Registry",
  title: "repository on Docker Hub",
  asks: "`GET https://hub.docker.com/v2/namespaces/NAMESPACE/repositories/NAME`, with a token from `POST /v2/auth/token` when there is a login.",
  finds:
    "A warning when it is not there, because a push makes it, public by default, or when it is public and the source is not; a problem when the login may not write to it.",
  needs: ["registry-login"],
  applies: isOnHub,
  async run(image, context) {
    const { repository } = image;
    const found = await findHubRepository(question(repository, context));
    const closed = context.configuration.repository?.visibility !== "public";
    if (!found)
      return warn(
        `${repository} is not there; the first push makes it, public unless the account's default says otherwise`,
        "Make it at hub.docker.com first, private, or set the account's default repository privacy.",
      );
    if (found.permissions?.write === false && deliveryOf(image).builtBy !== "others")
      return problem(
        `the login may not write to ${repository}`,
        `Have an owner of ${repositoryPath(repository).split("/")[0]} give it write access.`,
      );
    if (found.is_private) return ok("private");
    if (!closed) return ok("public, as the source is");
    return warn(
      "public: anybody can pull the image, and the source is not public",
      `Make it private: ${settingsOf(repository)}/settings`,
    );
  },
});

export const dockerHubWebhooks = partCheck("image", {
  id: "docker-hub-webhooks",
  area: "Registry",
  title: "webhooks on Docker Hub",
  asks: "Nothing: Docker Hub's documented API lists no webhooks. What one has done at Render, `render-deploys` sees.",
  finds: "Always `not checked`, with the page to look at.",
  applies: (image, { site }) => isOnHub(image) && site !== undefined,
  async run({ repository }) {
    return notChecked(
      "Docker Hub's API does not list them",
      `Look yourself, and delete one that calls api.render.com/deploy: ${settingsOf(repository)}/webhooks`,
    );
  },
});

function settingsOf(repository: string): string {
  return `https://hub.docker.com/repository/docker/${repositoryPath(repository)}`;
}
