/** The login at the image's registry, and whether it may push. */

import { deliveryOf } from "../../../infra/delivery.ts";
import { setSecretCommand } from "../../../lib/configuration-problems.ts";
import { registryOf } from "../../../providers/kit/image-reference.ts";
import { hasTag, type RegistryAccess, type RegistryQuestion, registryAccess } from "../../services/registry.ts";
import { type CheckContext, partCheck } from "../check.ts";
import { notChecked, ok, problem } from "../finding.ts";

const PASSWORD = setSecretCommand("delivery:image.password");

export const registryLogin = partCheck("image", {
  id: "registry-login",
  area: "Registry",
  title: "login",
  asks: "`GET /v2/`, then the same with the login, or the request for a token that the registry's answer names.",
  finds: "The registry refuses it, or gives no answer.",
  async run({ repository, username }, context) {
    const where = registryOf(repository);
    const { accepted, scheme } = await access(repository, context);
    if (accepted) return ok(loginSeen(where, username, scheme));
    return problem(
      `${where} does not accept ${username ? `the login of ${username}` : "requests without a login"}`,
      PASSWORD,
    );
  },
});

export const registryPush = partCheck("image", {
  id: "registry-push",
  area: "Registry",
  title: "push",
  asks:
    "What the registry's token allows: it is asked for with `pull,push`, and says itself what was granted. A registry that issues none, or an " +
    "opaque one, shows it only at a push, which is not tried.",
  finds: "The login may pull, but not push.",
  needs: ["registry-login"],
  applies: (image, { declares }) => deliveryOf(image).builtBy !== "others" && declares !== "shared",
  async run({ repository, username }, context) {
    const { actions, scheme } = await access(repository, context);
    if (scheme === "none") return ok("the registry lets anybody push");
    if (actions === undefined)
      return notChecked(`whether ${username ?? "anybody"} may push to ${repository} shows only at a push`);
    if (actions.includes("push")) return ok(`${username ?? "anybody"} may push to ${repository}`);
    return problem(
      `${username ?? "without a login nobody"} may not push to ${repository}`,
      `Use an access token that may read and write, of a user who may write there: ${PASSWORD}`,
    );
  },
});

export const registryTag = partCheck("image", {
  id: "registry-tag",
  area: "Registry",
  title: "tag",
  asks: "`HEAD /v2/REPOSITORY/manifests/TAG`.",
  finds: "The registry has no such tag.",
  needs: ["registry-login"],
  applies: (image, { declares }) => deliveryOf(image).tagOwner !== "content" && declares !== "shared",
  async run({ repository, tag = "" }, context) {
    const found = await hasTag(question(repository, context), tag);
    if (found) return ok(`${repository}:${tag} is there`);
    if (found === undefined) return notChecked(`the registry does not say whether ${repository}:${tag} is there`);
    return problem(
      `${repository} has no tag ${tag}`,
      "npx --no delivery releases shows what ran; set delivery:image.tag to one of them.",
    );
  },
});

function loginSeen(where: string, username: string | undefined, scheme: RegistryAccess["scheme"]): string {
  if (scheme === "none") return `${where} asks for none`;
  return username ? `${where} accepts ${username}` : "none is configured";
}

/** Who asks for the repository: the configured login. */
export function question(repository: string, { facts, env, signal }: CheckContext): RegistryQuestion {
  return { repository, login: facts.login, env, signal };
}

function access(repository: string, context: CheckContext): Promise<RegistryAccess> {
  return registryAccess(question(repository, context), ["pull", "push"]);
}
