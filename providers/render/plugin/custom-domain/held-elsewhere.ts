/** A domain that another service has. */
import { isStatus } from "../../../kit/service-error.ts";
import type { Service } from "../api/answers.ts";
import { hasCustomDomain } from "../api/custom-domains.ts";
import { listServices } from "../api/services.ts";
import type { ApiContext } from "../client.ts";

/** Types of services that have domains ("Custom Domains on Render"). */
const WITH_DOMAINS = ["web_service", "static_site"];

/**
 * The error with which a refused domain is told: which service of the workspace has it, as far as that can be seen.
 * Anything but a conflict comes back as it is.
 */
export async function explainedConflict(
  api: ApiContext,
  { id, ownerId }: Pick<Service, "id" | "ownerId">,
  name: string,
  error: unknown,
): Promise<unknown> {
  if (!isStatus(error, 409)) return error;
  const holder = await holderOf(api, ownerId, id, name);
  const who = holder
    ? `service "${holder.name}" (${holder.id}) has it`
    : "another service has it, maybe of another workspace";
  return new Error(
    `the domain "${name}" cannot be added: ${who}. Remove it there first (in Render's dashboard: Settings, Custom ` +
      `Domains), or leave it out here. ${error.message}`,
    { cause: error },
  );
}

async function holderOf(api: ApiContext, ownerId: string, except: string, name: string): Promise<Service | undefined> {
  try {
    const others = (await listServices(api, ownerId)).filter(
      ({ id, type }) => id !== except && WITH_DOMAINS.includes(type),
    );
    for (const other of others) if (await hasCustomDomain(api, other.id, name)) return other;
  } catch (failure) {
    // Whoever has it, the refusal is what has to be told.
    api.signal.throwIfAborted();
    if (!(failure instanceof Error)) throw failure;
  }
  return undefined;
}
