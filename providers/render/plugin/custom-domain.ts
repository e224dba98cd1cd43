/** The CustomDomain resource. */
import { createOnce } from "../../kit/create-once.ts";
import { alreadyExists } from "../../kit/existing.ts";
import type { CallContext, CreateContext, PriorState, ReadResult, ResourceDefinition } from "../../kit/resource.ts";
import type { CustomDomain, Service } from "./api/answers.ts";
import {
  confirmDomainGone,
  deleteCustomDomain,
  listCustomDomains,
  postCustomDomain,
  verifyCustomDomain,
} from "./api/custom-domains.ts";
import { findService, servicesNamed } from "./api/services.ts";
import type { RenderClient } from "./client.ts";
import { dnsRecords } from "./custom-domain/dns-records.ts";
import { explainedConflict } from "./custom-domain/held-elsewhere.ts";
import {
  type CustomDomainInputs as Inputs,
  customDomainInputs as inputs,
  type CustomDomainOutputs as Outputs,
  customDomainOutputs as outputs,
} from "./custom-domain/schema.ts";
import { onlyOne } from "./only-one.ts";

const TOKEN = "render:index:CustomDomain";

/** A domain of a service. */
export const customDomain: ResourceDefinition<RenderClient, Inputs, Outputs> = {
  token: TOKEN,
  description:
    "A custom domain of a web service or static site (Render Public API, Custom Domains). Render adds the `www` name of " +
    "an apex by itself, and the reverse, and redirects it; the two go together. Its DNS is yours to set: `dnsRecords` " +
    "says to what. Import by service and domain: `srv-…/www.example.com`, also with the service's name.",
  inputs,
  outputs,
  replaceOnChanges: ["serviceId", "name"],
  // A domain has one service.
  deleteBeforeReplace: ["serviceId", "name"],
  create,
  read,
  async delete(context, _id, { inputs: { serviceId, name }, outputs: { ownerId } }) {
    if (await deleteCustomDomain(context, serviceId, name)) return;
    if (await findService(context, serviceId, ownerId)) await confirmDomainGone(context, serviceId, name);
  },
};

async function create(
  context: CreateContext<RenderClient, Outputs>,
  { serviceId, name }: Inputs,
): Promise<{ id: string; outputs: Outputs }> {
  const service = await findService(context, serviceId);
  if (!service) throw new Error(`service ${serviceId}, whose domain "${name}" is to be, does not exist`);
  const id = `${serviceId}/${name}`;
  const domains = () => listCustomDomains(context, serviceId);
  const made = await createOnce({
    context,
    find: async () => (await domains()).filter((domain) => domain.name === name),
    create: ({ signal }) => postCustomDomain({ ...context, signal }, serviceId, name),
    idOf: (domain) => domain.id,
    refuse: (existing) =>
      isRedirect(existing)
        ? new Error(redirectOf(existing))
        : alreadyExists({ kind: "custom domain", token: TOKEN, name, importId: id }),
  }).catch(async (error: unknown) => {
    throw await explainedConflict(context, service, name, error);
  });
  context.created(id, describe(service, made, [made]));
  await look(context, serviceId, name);
  const all = await domains();
  return { id, outputs: describe(service, all.find((domain) => domain.id === made.id) ?? made, all) };
}

async function read(
  context: CallContext<RenderClient>,
  id: string,
  prior?: PriorState<Inputs, Outputs>,
): Promise<ReadResult<Inputs, Outputs> | undefined> {
  const [, idOrName = "", name = ""] = /^(.+)\/([^/]+)$/.exec(id) ?? [];
  const service = prior
    ? await findService(context, prior.inputs.serviceId, prior.outputs.ownerId)
    : await serviceOf(context, idOrName);
  if (!service) return undefined;
  let all = await listCustomDomains(context, service.id);
  const find = (): CustomDomain | undefined => all.find((domain) => domain.name === name);
  // An import only looks: nothing is asked of a domain that no program declares yet.
  if (prior && find()?.verificationStatus === "unverified") {
    await look(context, service.id, name);
    all = await listCustomDomains(context, service.id);
  }
  const found = find();
  if (!found) return undefined;
  if (isRedirect(found)) throw new Error(redirectOf(found));
  return {
    id: `${service.id}/${name}`,
    inputs: { serviceId: service.id, name },
    outputs: describe(service, found, all),
  };
}

async function serviceOf(context: CallContext<RenderClient>, idOrName: string): Promise<Service | undefined> {
  if (/^srv-\w+$/.test(idOrName)) return findService(context, idOrName);
  return onlyOne("service", idOrName, await servicesNamed(context, idOrName));
}

/** A look that Render does not take leaves the domain as it is: unverified until the next one. */
async function look(context: CallContext<RenderClient>, serviceId: string, name: string): Promise<void> {
  try {
    await verifyCustomDomain(context, serviceId, name);
  } catch (error) {
    context.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    context.log(
      "warning",
      `Render was not brought to look at the DNS of ${name}; the next refresh asks again. ${reason}`,
    );
  }
}

function describe(service: Service, domain: CustomDomain, all: readonly CustomDomain[]): Outputs {
  const redirects = all.filter(({ redirectForName }) => redirectForName === domain.name);
  return {
    serviceId: service.id,
    name: domain.name,
    ownerId: service.ownerId,
    domainId: domain.id,
    domainType: domain.domainType,
    publicSuffix: domain.publicSuffix,
    redirectNames: redirects.map(({ name }) => name),
    verificationStatus: domain.verificationStatus,
    dnsRecords: dnsRecords([domain, ...redirects], service.slug),
    createdAt: domain.createdAt,
  };
}

function isRedirect({ redirectForName }: CustomDomain): boolean {
  return redirectForName !== "";
}

function redirectOf({ name, redirectForName }: CustomDomain): string {
  return (
    `Render has made "${name}" beside "${redirectForName}", to which it redirects: it needs no resource of its own. Leave ` +
    `it out, or declare it in the place of "${redirectForName}"`
  );
}
