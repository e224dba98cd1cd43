/** The CheckoutKey resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import type { ResourceDefinition } from "../../kit/resource.ts";
import { segment } from "../../kit/vendor-client.ts";
import { type CheckoutKeyAnswer as Answer, checkoutKeyAnswer as answer } from "./answers.ts";
import type { ApiContext, CircleciClient } from "./client.ts";
import { knownProject, projectPath } from "./project-api.ts";
import { remove } from "./removal.ts";
import { slugsIn } from "./spelling.ts";

const inputs = z.object({
  project: z.string().min(1).describe("Slug of the project (`gh/acme/site`). A change replaces the key."),
  type: z
    .enum(["deploy-key", "user-key"])
    .default("deploy-key")
    .describe(
      "A read-only deploy key of the repository, or a key of the token's user, who must have authorized CircleCI with " +
        "GitHub. A change replaces the key.",
    ),
});

const outputs = inputs.extend({
  fingerprint: z.string().describe("MD5 fingerprint of the key."),
  publicKey: z.string().describe("The public key, as OpenSSH writes it."),
  preferred: z.boolean().describe("Whether checkouts use this key."),
  createdAt: z.string().describe("When it was made, ISO 8601."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** The SSH key with which CircleCI checks out a repository. */
export const checkoutKey: ResourceDefinition<CircleciClient, Inputs, Outputs> = {
  token: "circleci:index:CheckoutKey",
  description:
    "A checkout key of a project in an OAuth organization (CircleCI API v2, Checkout key). CircleCI keeps the private half " +
    "and adds the public one to GitHub. GitHub App projects need none. Import by project and fingerprint: " +
    "`gh/acme/site/<fingerprint>`.",
  inputs,
  outputs,
  replaceOnChanges: ["project", "type"],
  isChange: slugsIn("project"),
  check: ({ project }) =>
    project?.startsWith("circleci/")
      ? [{ property: "project", reason: "is a GitHub App project, which is checked out without such keys" }]
      : [],
  async create(call, declared) {
    const made = await createOnce({
      context: call,
      find: () => keysOf(call, declared.project),
      create: ({ signal }) => post({ ...call, signal }, declared),
      idOf: ({ fingerprint }) => fingerprint,
    });
    return { id: `${declared.project}/${made.fingerprint}`, outputs: describe(declared.project, made) };
  },
  async read(call, id) {
    const [, project = "", fingerprint] = /^(.+)\/([^/]+)$/.exec(id) ?? [];
    if (!(await knownProject(call, project))) return undefined;
    const found = (await keysOf(call, project)).find((key) => key.fingerprint === fingerprint);
    if (!found) return undefined;
    const state = describe(project, found);
    return { id, inputs: { project, type: state.type }, outputs: state };
  },
  delete: (call, _id, { outputs: { project, fingerprint } }) =>
    remove(call, `${path(project)}/${segment(fingerprint)}`, async () => {
      const isProjectThere = (await knownProject(call, project)) !== undefined;
      return isProjectThere && (await keysOf(call, project)).some((key) => key.fingerprint === fingerprint);
    }),
};

function describe(project: string, key: Answer): Outputs {
  return {
    project,
    type: key.type === "deploy-key" ? "deploy-key" : "user-key",
    fingerprint: key.fingerprint,
    publicKey: key.public_key,
    preferred: key.preferred ?? false,
    createdAt: key.created_at,
  };
}

function post(api: ApiContext, { project, type }: Inputs): Promise<Answer> {
  return api.client.call(api, "POST", path(project), answer, { body: { type } });
}

function keysOf(api: ApiContext, project: string): Promise<Answer[]> {
  return api.client.list(api, path(project), answer);
}

function path(project: string): string {
  return `${projectPath(project)}/checkout-key`;
}
