/** A stack of shared parts, as an environment in another stack reads it. */

const SITE = { region: "oregon", plan: "starter", healthCheckPath: "/healthz/" };

/** Its outputs. */
export const sharedOutputs = {
  contractVersion: 1,
  application: "site",
  environment: "shared",
  repository: { url: "https://github.example/acme/site", fullName: "acme/site" },
  pipeline: { slug: "gh/acme/site" },
  shared: {
    pipeline: { organization: "gh/acme", projectId: "00000000-0000-4000-8000-000000000001" },
    errors: { organization: "acme", project: "site" },
    hosting: { ownerId: "tea-acme", projectId: "prj-1", credentialId: "rgc-1" },
  },
};

/** The configuration of an environment on it: what the shared parts decide is left out. */
export function environmentConfig(folder: string): Record<string, unknown> {
  return {
    "delivery:declares": "environment",
    "delivery:sharedFrom": "organization/delivery/shared",
    "delivery:application": { name: "site", path: folder },
    "delivery:image": { repository: "acme/site", username: "acme", password: "registry-password" },
    "delivery:site": SITE,
  };
}
