/** Render's resources. */

import { SERVICE_PLANS } from "../../../providers/render/vendor-values.ts";
import { shortTag, tagOf } from "./image.ts";
import type { ResourceKind } from "./kind.ts";
import { high, low, type Meaning, medium } from "./meaning.ts";
import { customDomain } from "./render-custom-domain.ts";
import { keyValue } from "./render-key-value.ts";
import { postgres } from "./render-postgres.ts";
import { at, type Found, flag, knownValue, members, plainly } from "./rule.ts";

/** By type. */
export const render: Readonly<Record<string, ResourceKind>> = {
  "render:index:WebService": {
    service: "Render",
    kind: "web service",
    labels: ["name"],
    loss: "Its address, its generated variables, its deploys and its logs go with it, and the site is down until a new one serves.",
    unordered: ["generatedVariables", "customDomains", "undeclaredVariables", "undeclaredSecretFiles"],
    bookkeeping: ["deployId", "deployStatus", "liveImage", "liveDigest", "customDomainStatus"],
    follows: { "environmentVariables.SENTRY_RELEASE": "image" },
    secrets: ["secretFiles.*"],
    watched: ["undeclaredVariables", "undeclaredSecretFiles", "suspended"],
    rules: [
      at("image", ({ change, stack }) => high("deploys", `image ${shortReference(change.after)} on ${stack}`)),
      at("plan", ({ change }) => plan(knownValue(change.before), knownValue(change.after))),
      at("numInstances", ({ change }) => {
        const [from, to] = [knownValue(change.before) ?? 1, knownValue(change.after) ?? 1];
        return high("scales", `to ${to} ${to === 1 ? "instance" : "instances"} instead of ${from}`);
      }),
      at("region", ({ change }) =>
        high("moves", `the site from ${knownValue(change.before)} to ${knownValue(change.after)}`),
      ),
      at("healthCheckPath", ({ change: { after } }) =>
        knownValue(after)
          ? medium("changes", `the health check to ${knownValue(after)}`)
          : high("loosens", "deploys", "no health check"),
      ),
      at("environmentVariables.*", variable),
      at("secretFiles.*", ({ captured }) => medium("rotates", `the secret file ${captured[0]}`)),
      members(
        "customDomains",
        (names) => high("adds", `the host ${names}`),
        (names) => high("removes", `the host ${names}`, "the site answers there no longer"),
      ),
      members(
        "generatedVariables",
        (names) => medium("adds", `the generated variable ${names}`),
        (names) => high("removes", `the generated variable ${names}`),
      ),
      members(
        "undeclaredVariables",
        (names) => medium("adds", `the variable ${names}, which no program declares`),
        (names) => low("removes", `the variable ${names}, which no program declares`),
      ),
      members(
        "undeclaredSecretFiles",
        (names) => medium("adds", `the secret file ${names}, which no program declares`),
        (names) => low("removes", `the secret file ${names}, which no program declares`),
      ),
      flag("suspended", high("stops", "the site", "it is suspended"), high("starts", "the site again")),
      at("imageManagement", ({ change }) =>
        knownValue(change.after) === "external"
          ? high("leaves", "deploys to CircleCI")
          : high("stops", "CircleCI's deploys", "the stack says what runs"),
      ),
      at("preDeployCommand", () => medium("changes", "the command before each deploy")),
      at("startCommand", () => medium("changes", "the command that starts the site")),
      at("name", ({ change }) => medium("renames", `the web service to ${knownValue(change.after)}`)),
      at("registryCredentialId", () => low("follows", "the registry credential")),
      at("environmentId", () => low("follows", "the Render environment")),
      at("maxShutdownDelaySeconds", ({ change }) =>
        low("sets", `the time to shut down to ${knownValue(change.after) ?? 30} s`),
      ),
      at("renderSubdomainPolicy", ({ change }) =>
        knownValue(change.after) === "disabled"
          ? high("forbids", "the site's address on Render's own domain")
          : low("allows", "the site's address on Render's own domain"),
      ),
      plainly("waitForDeploy", "whether a deploy is waited for"),
    ],
  },
  "render:index:CustomDomain": customDomain,
  "render:index:Postgres": postgres,
  "render:index:KeyValue": keyValue,
  "render:index:RegistryCredential": {
    service: "Render",
    kind: "registry credential",
    labels: ["name"],
    loss: "Services that pull with it cannot deploy until they have another.",
    bookkeeping: ["updatedAt"],
    secrets: ["authToken"],
    rules: [
      at("authToken", () => medium("rotates", "the token with which Render pulls the image")),
      at("username", () => medium("changes", "the login with which Render pulls the image")),
      at("registry", ({ change }) =>
        medium("changes", `the registry that Render pulls from to ${knownValue(change.after)}`),
      ),
      plainly("name", "the registry credential's name"),
    ],
  },
  "render:index:Project": {
    service: "Render",
    kind: "project",
    labels: ["name"],
    loss: "Its environments go with it, and their services are no longer grouped.",
    bookkeeping: ["updatedAt", "environmentIds"],
    rules: [plainly("name", "the Render project's name")],
  },
  "render:index:Environment": {
    service: "Render",
    kind: "environment",
    labels: ["name"],
    loss: "What was kept in it, such as environment groups, goes with it.",
    bookkeeping: ["updatedAt", "serviceIds", "databaseIds", "redisIds", "envGroupIds"],
    rules: [
      flag(
        "protectedStatus",
        high("tightens", "Render", "only admins may change the environment"),
        high("loosens", "Render", "everybody may change the environment"),
      ),
      flag(
        "networkIsolationEnabled",
        high("tightens", "network", "the environment is on its own"),
        high("loosens", "network", "other environments are reached"),
      ),
      plainly("name", "the Render environment's name"),
    ],
  },
};

function shortReference(side: Found["change"]["after"]): string {
  const reference = knownValue(side);
  if (reference === undefined) return "(known after the run)";
  return shortTag(tagOf(reference) ?? String(reference));
}

function plan(before: unknown, after: unknown): Meaning {
  const size = (name: unknown): number => (SERVICE_PLANS as readonly unknown[]).indexOf(name);
  const [from, to] = [size(before), size(after)];
  const text = `the site's plan from ${before ?? "none"} to ${after ?? "none"}`;
  if (from < 0 || to < 0) return high("changes", text);
  return high(to > from ? "raises" : "lowers", text);
}

function variable({ change: { before, after }, captured: [name = ""] }: Found): Meaning {
  const secret = before.state === "secret" || after.state === "secret";
  const what = `the ${secret ? "secret variable" : "variable"} ${name}`;
  if (before.state === "absent") return medium("adds", what);
  if (after.state === "absent") return medium("removes", what);
  if (after.state === "unknown") return low("sets", `${what} anew`);
  return secret ? medium("rotates", what) : medium("changes", what);
}
