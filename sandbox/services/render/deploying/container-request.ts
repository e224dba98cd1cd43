/** What a service's container is started with. */
import type { ContainerRequest, PullCredential } from "../../core/service.ts";
import { envGroupsOf } from "../env-groups.ts";
import { suffix } from "../ids.ts";
import type { Deploy, Service } from "../model.ts";
import type { Render } from "../render.ts";
import { SERVICE_TYPES } from "../service-types.ts";
import { siteHostname, siteUrl } from "../site/address.ts";
import { secretFilesOf, variablesOf } from "../variables.ts";

/** The request for a container of this deploy; `command` replaces the service's own. */
export function containerRequest(render: Render, service: Service, deploy: Deploy, command?: string): ContainerRequest {
  const scopes = [...envGroupsOf(render, service.id).map(({ id }) => id), service.id];
  const variables = scopes.flatMap((scope) => variablesOf(render, scope));
  const files = scopes.flatMap((scope) => secretFilesOf(render, scope));
  const credential = pullCredential(render, service);
  const toRun = command ?? service.details.dockerCommand;
  return {
    name: `${deploy.id}-${suffix()}`,
    image: deploy.image,
    env: {
      ...renderVariables(service),
      ...Object.fromEntries(variables.map(({ key, value }) => [key, value])),
    },
    ...(credential && { credential }),
    ...(toRun !== "" && { command: toRun }),
    ...(command !== undefined && { isJob: true }),
    ...(files.length > 0 && {
      files: Object.fromEntries(files.map(({ name, content }) => [`/etc/secrets/${name}`, content])),
    }),
  };
}

/** The login that the service's registry credential holds; undefined for a public image. */
export function pullCredential(render: Render, service: Service): PullCredential | undefined {
  const credential = render.registryCredentials.get(service.registryCredentialId ?? "");
  return credential && { username: credential.username, password: credential.authToken };
}

/** The variables that Render sets by itself ("Default Environment Variables"). */
function renderVariables(service: Service): Record<string, string> {
  return {
    RENDER: "true",
    RENDER_SERVICE_ID: service.id,
    RENDER_SERVICE_NAME: service.name,
    RENDER_SERVICE_TYPE: SERVICE_TYPES[service.type].short,
    RENDER_INSTANCE_ID: `${service.id}-${suffix()}`,
    ...(service.type === "web_service" && {
      RENDER_EXTERNAL_HOSTNAME: siteHostname(),
      RENDER_EXTERNAL_URL: siteUrl(service),
    }),
    RENDER_DISCOVERY_SERVICE: `${service.slug}-discovery`,
    IS_PULL_REQUEST: "false",
  };
}
