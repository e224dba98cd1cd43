/** The function getOwner. */
import { z } from "zod";
import type { FunctionDefinition } from "../../kit/resource.ts";
import type { Owner } from "./api/answers.ts";
import { findOwner, listOwners } from "./api/owners.ts";
import type { ApiContext, RenderClient } from "./client.ts";

const inputs = z.object({
  id: z.string().min(1).optional().describe("Id of the workspace (`tea-…`)."),
  name: z.string().min(1).optional().describe("Name of the workspace."),
  email: z.string().min(1).optional().describe("E-mail address of the workspace."),
});

const outputs = z.object({
  id: z.string().describe("Id of the workspace, the `ownerId` of what belongs to it."),
  name: z.string().describe("Name of the workspace."),
  email: z.string().describe("E-mail address of the workspace."),
  type: z.string().describe("`team` or `user`."),
});

type Arguments = z.infer<typeof inputs>;

/** Looks a workspace up. */
export const getOwner: FunctionDefinition<RenderClient, Arguments, Owner> = {
  token: "render:index:getOwner",
  description:
    "The workspace with this id, name or e-mail address; without any, the only one that the API key may see (Render " +
    "Public API, Workspaces). It is an error when there is none, or more than one.",
  inputs,
  outputs,
  async invoke(context, args) {
    const owners = await find(context, args);
    const [owner, ...others] = owners;
    if (owner && others.length === 0) return owner;
    const wanted = Object.entries(args).map(([name, value]) => `${name} "${value}"`);
    const known = (await listOwners(context)).map(({ id, name }) => `${name} (${id})`).join(", ");
    throw new Error(
      `${owner ? `${owners.length} workspaces fit` : "no workspace fits"} ${wanted.join(" and ") || "without a filter"}; ` +
        `the API key in RENDER_API_KEY may see: ${known || "none"}`,
    );
  },
};

async function find(context: ApiContext, { id, name, email }: Arguments): Promise<readonly Owner[]> {
  const owners =
    id === undefined
      ? await listOwners(context, { ...(name && { name }), ...(email && { email }) })
      : [await findOwner(context, id)].filter((owner) => owner !== undefined);
  return owners.filter(
    (owner) => (name === undefined || owner.name === name) && (email === undefined || owner.email === email),
  );
}
