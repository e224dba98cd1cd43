/** The RegistryCredential resource. */
import { z } from "zod";
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { CallContext, CreateContext, PriorState, ReadResult, ResourceDefinition } from "../../kit/resource.ts";
import { REGISTRIES } from "../vendor-values.ts";
import type { RegistryCredential } from "./api/answers.ts";
import { listOwners } from "./api/owners.ts";
import {
  type CredentialRequest,
  credentialsNamed,
  deleteCredential,
  findCredential,
  patchCredential,
  postCredential,
} from "./api/registry-credentials.ts";
import type { RenderClient } from "./client.ts";
import { onlyOne } from "./only-one.ts";

const TOKEN = "render:index:RegistryCredential";

const inputs = z.object({
  name: z.string().min(1).describe("Name of the credential, unique in its workspace."),
  ownerId: z.string().min(1).describe("Id of the workspace (`tea-…`) that owns it. A change replaces the credential."),
  registry: z.enum(REGISTRIES).meta({ typeName: "Registry" }).describe("Kind of registry. `DOCKER` is Docker Hub."),
  username: z.string().min(1).describe("User name at the registry."),
  authToken: z
    .string()
    .min(1)
    .describe(
      "Token or password at the registry. Render never shows it again, so a change made elsewhere is not seen, and an " +
        "import takes the declared one for the one that is there.",
    ),
});

const outputs = inputs.extend({
  authToken: z.string().optional().describe("Token or password at the registry, as declared."),
  updatedAt: z.string().describe("When the credential was last changed, ISO 8601."),
});

type Inputs = z.infer<typeof inputs>;
type Outputs = z.infer<typeof outputs>;

/** How Render signs in to a private container registry. */
export const registryCredential: ResourceDefinition<RenderClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A registry credential in a Render workspace (Render Public API, Registry Credentials). A service that pulls with " +
    "it uses a changed token from its next deploy on. Import by id (`rgc-…`) or name.",
  inputs,
  outputs,
  secrets: ["authToken"],
  writeOnly: ["authToken"],
  replaceOnChanges: ["ownerId"],
  unstable: () => ["updatedAt"],
  create,
  read,
  async update(context, id, _prior, declared) {
    const credential = await patchCredential(context, id, requestOf(declared));
    return { ...declared, updatedAt: credential.updatedAt };
  },
  delete: (context, id, { inputs: declared }) => deleteCredential(context, id, declared.ownerId),
};

async function create(
  context: CreateContext<RenderClient, Outputs>,
  declared: Inputs,
): Promise<{ id: string; outputs: Outputs }> {
  const { name, ownerId } = declared;
  const { id, updatedAt } = await createOnce({
    context,
    find: () => credentialsNamed(context, name, ownerId),
    create: ({ signal }) => postCredential({ ...context, signal }, { ...requestOf(declared), ownerId }),
    idOf: (credential) => credential.id,
    refuse: (credential) => alreadyExists({ kind: "registry credential", token: TOKEN, name, importId: credential.id }),
  });
  return { id, outputs: { ...declared, updatedAt } };
}

async function read(
  context: CallContext<RenderClient>,
  idOrName: string,
  prior?: PriorState<Inputs, Outputs>,
): Promise<ReadResult<Inputs, Outputs> | undefined> {
  const credential = await find(context, idOrName, prior?.inputs.ownerId);
  if (!credential) return undefined;
  const ownerId = prior?.inputs.ownerId ?? (await ownerOf(context, credential));
  const { id, name, username, updatedAt } = credential;
  const registry = credential.registry as Inputs["registry"];
  const found = { name, ownerId, registry, username, ...(prior && { authToken: prior.inputs.authToken }) };
  return { id, inputs: found as Inputs, outputs: { ...found, updatedAt } };
}

async function find(api: CallContext<RenderClient>, idOrName: string, ownerId: string | undefined) {
  if (ownerId !== undefined || /^rgc-\w+$/.test(idOrName)) return findCredential(api, idOrName, ownerId);
  return onlyOne("registry credential", idOrName, await credentialsNamed(api, idOrName));
}

/** Render does not say which workspace a credential belongs to; it lists a workspace's credentials. */
async function ownerOf(context: CallContext<RenderClient>, { id, name }: RegistryCredential): Promise<string> {
  for (const owner of await listOwners(context)) {
    const credentials = await credentialsNamed(context, name, owner.id);
    if (credentials.some((credential) => credential.id === id)) return owner.id;
  }
  throw new Error(`registry credential ${id} belongs to no workspace that the API key in RENDER_API_KEY may see`);
}

function requestOf({ name, registry, username, authToken }: Inputs): CredentialRequest {
  return { name, registry, username, authToken };
}
