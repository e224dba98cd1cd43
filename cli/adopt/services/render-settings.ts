/** The site's settings, as Render has them. */
import { configurationSchema } from "../../../infra/config-schema.ts";
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
  const domains = customDomains.filter(({ redirectForName }) => redirectForName === "").map(({ name }) => name);
  const hosts = variables.get(HOSTS)?.split(",") ?? domains;
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
    ...(around.isInState("site") ? [] : [{ key: "site.secretKey", value: "keep", note: "the site's own" }]),
  ];
}

function usualName({ names }: Around): string {
  return `${names.application}-${names.environment}`;
}

function areDeclarable(hosts: readonly string[]): boolean {
  return hosts.length > 0 && settingAt(configurationSchema, ["site", "hosts"])?.safeParse(hosts).success === true;
}
