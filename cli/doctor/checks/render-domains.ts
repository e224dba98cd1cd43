/** Whether the site's custom domains can be added, and whether their DNS points to it. */
import { removeCommand } from "../../../lib/configuration-problems.ts";
import type { CustomDomain, Service } from "../../../providers/render/plugin/api/answers.ts";
import { listCustomDomains } from "../../../providers/render/plugin/api/custom-domains.ts";
import { listServices } from "../../../providers/render/plugin/api/services.ts";
import type { ApiContext } from "../../../providers/render/plugin/client.ts";
import { dnsRecords } from "../../../providers/render/plugin/custom-domain/dns-records.ts";
import { renderClient } from "../../services/render.ts";
import { partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { type Finding, ok, problem, warn } from "../finding.ts";
import { ADOPT, declaredName } from "../names.ts";

const TYPE = "render:index:CustomDomain";
/** Types of services that have domains. */
const WITH_DOMAINS = ["web_service", "static_site"];

interface Holder {
  readonly service: Service;
  readonly domain: CustomDomain;
  readonly all: readonly CustomDomain[];
}

export const renderDomains = partCheck("site", {
  id: "render-domains",
  area: "Render",
  title: "domains",
  asks: "`GET /v1/services` and each one's `custom-domains`, and the stack's state.",
  finds:
    "A domain of `site.domains` is another service's, or is the site's and not in the stack. A warning for one whose DNS does not point to the site yet, with the records to set.",
  needs: ["render-workspace"],
  applies: ({ domains = [] }, { declares }) => declares !== "shared" && domains.length > 0,
  async run({ name, ownerId, domains }, { facts, env, signal, configuration }) {
    const holders = await holdersIn({ client: renderClient(env), signal }, ownerId);
    const site = declaredName(configuration, "site", name);
    return domains.map((domain, index): Finding => {
      const holder = holders.find((one) => one.domain.name === domain);
      if (!holder) return ok(`${domain} is free, as far as the API key sees`);
      const { service } = holder;
      if (service.name !== site) {
        const leave = removeCommand(`delivery:site.domains[${index}]`);
        return problem(
          `${domain} is a domain of the service ${service.name} (${service.id})`,
          `remove it there, in Render's dashboard under Settings, Custom Domains; or leave it out: ${leave}`,
        );
      }
      const isOwn = inState(facts, TYPE, ({ id }) => id === `${service.id}/${domain}`);
      return isOwn ? ofSite(holder) : problem(`${domain} is the site's, and is not in this stack`, ADOPT);
    });
  },
});

async function holdersIn(api: ApiContext, ownerId: string): Promise<Holder[]> {
  const services = (await listServices(api, ownerId)).filter(({ type }) => WITH_DOMAINS.includes(type));
  const found: Holder[] = [];
  // One after the other: there is a limit of requests, and a workspace may have many services.
  for (const service of services) {
    const all = await listCustomDomains(api, service.id);
    found.push(...all.map((domain) => ({ service, domain, all })));
  }
  return found;
}

function ofSite({ service, domain, all }: Holder): Finding {
  const { name, verificationStatus } = domain;
  if (verificationStatus === "verified") return ok(`${name} points to the site`);
  const both = all.filter((one) => one.name === name || one.redirectForName === name);
  const records = dnsRecords(both, service.slug).map((record) => `${record.type} ${record.name} ${record.value}`);
  return warn(
    `${name} does not point to the site yet, as Render last saw it`,
    `Set in its DNS: ${records.join(", ")}; then npx --no delivery up --refresh, by which Render looks again.`,
  );
}
