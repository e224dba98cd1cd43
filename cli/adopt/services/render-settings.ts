/** The site's settings, as Render has them. */
import { isDeepStrictEqual } from "node:util";
import { configurationSchema } from "../../../infra/config-schema.ts";
import { asHost } from "../../../infra/environment/site-variables.ts";
import { settingAt } from "../../../lib/schema-field.ts";
import { WEB_SERVICE } from "../../../providers/render/plugin/service/kinds.ts";
import type { ObservedService } from "../../../providers/render/plugin/service/observe.ts";
import { actualSettings, isAutoscaled } from "../../../providers/render/plugin/service/settings.ts";
import type { Around } from "../around.ts";
import type { Setting } from "../finding.ts";

const HOSTS = "DJANGO_ALLOWED_HOSTS";
/** Stands where the file needs a value and Render has none; `asFound` then leaves it out. */
const USUAL = { plan: "starter", healthCheckPath: "/healthz/" };

/** Settings below `site`, without its variables. */
export function siteSettings(around: Around, observed: ObservedService): Setting[] {
  const { service, variables, customDomains } = observed;
  const { plan, healthCheckPath, preDeployCommand } = actualSettings(WEB_SERVICE, service);
  const { region, numInstances } = service.serviceDetails;
  const domains = ownDomains(customDomains);
  const hosts = besides(domains, variables.get(HOSTS)?.split(",") ?? []);
  const isKnown = settingAt(configurationSchema, ["site", "plan"])?.safeParse(plan).success;
  return [
    { key: "site.name", value: service.name === usualName(around) ? undefined : service.name },
    { key: "site.ownerId", value: service.ownerId },
    { key: "site.region", value: region },
    { key: "site.plan", value: isKnown ? plan : USUAL.plan },
    { key: "site.instances", value: numInstances > 1 && !isAutoscaled(service) ? numInstances : undefined },
    healthCheckPath
      ? { key: "site.healthCheckPath", value: healthCheckPath }
      : {
          key: "site.healthCheckPath",
          value: around.configured("site.healthCheckPath") ?? USUAL.healthCheckPath,
          note: "Render checks none yet: see asFound",
        },
    { key: "site.preDeployCommand", value: preDeployCommand || undefined },
    { key: "site.hosts", value: areDeclarable(hosts) ? hosts : undefined },
    { key: "site.domains", value: domains.length > 0 ? domains : undefined },
    ...(around.isInState("site") ? [] : [{ key: "site.secretKey", value: "keep", note: "the site's own" }]),
  ];
}

/** Names of the domains that are not redirects which Render has made. */
export function ownDomains(customDomains: ObservedService["customDomains"]): string[] {
  return customDomains.filter(({ redirectForName }) => redirectForName === "").map(({ name }) => name);
}

/** The hosts that have to be named, since the chain adds the domains behind them. */
function besides(domains: readonly string[], hosts: readonly string[]): readonly string[] {
  const added = domains.map(asHost);
  const others = hosts.filter((host) => !added.includes(host));
  return isDeepStrictEqual([...others, ...added], hosts) ? others : hosts;
}

function usualName({ names }: Around): string {
  return `${names.application}-${names.environment}`;
}

function areDeclarable(hosts: readonly string[]): boolean {
  return hosts.length > 0 && settingAt(configurationSchema, ["site", "hosts"])?.safeParse(hosts).success === true;
}
