/** What emulated Render has, for people to look at. */
import { type ObjectGroup, objectGroup, type ShownObject, type StatusTone } from "../core/overview.ts";
import type { Datastore } from "./datastores/model.ts";
import type { KeyValue } from "./key-value/model.ts";
import type { CustomDomain, Deploy, DeployStatus, Project, RegistryCredential } from "./model.ts";
import { imageText, serviceGroups } from "./overview-services.ts";
import type { Postgres } from "./postgres/model.ts";
import type { Render } from "./render.ts";

const DEPLOY_TONES: Readonly<Record<DeployStatus, StatusTone>> = {
  created: "busy",
  queued: "busy",
  build_in_progress: "busy",
  pre_deploy_in_progress: "busy",
  update_in_progress: "busy",
  live: "good",
  deactivated: "quiet",
  canceled: "quiet",
  build_failed: "bad",
  pre_deploy_failed: "bad",
  update_failed: "bad",
};

/** The kinds worth showing, the newest objects of each. */
export function renderOverview(render: Render): ObjectGroup[] {
  const { deploys, projects, registryCredentials, customDomains, postgres, keyValues } = render;
  return [
    objectGroup("Projects", projects.list(), showProject),
    objectGroup("Registry credentials", registryCredentials.list(), showCredential),
    ...serviceGroups(render),
    objectGroup("Databases", postgres.list(), showPostgres),
    objectGroup("Key value stores", keyValues.list(), showKeyValue),
    objectGroup("Deploys", deploys.list(), showDeploy),
    objectGroup("Custom domains", customDomains.list(), showDomain),
  ];
}

function showProject(project: Project): ShownObject {
  return { id: project.id, name: project.name, time: project.createdAt };
}

function showCredential(credential: RegistryCredential): ShownObject {
  const detail = `${credential.username}, ${credential.registry}`;
  return { id: credential.id, name: credential.name, detail, time: credential.updatedAt };
}

function showPostgres({ version, plan, ...postgres }: Postgres): ShownObject {
  return showDatastore(postgres, `PostgreSQL ${version}, ${plan}`);
}

function showKeyValue({ plan, maxmemoryPolicy, ...keyValue }: KeyValue): ShownObject {
  return showDatastore(keyValue, `${maxmemoryPolicy}, ${plan}`);
}

function showDatastore({ id, name, status, updatedAt }: Datastore, detail: string): ShownObject {
  const tone =
    status === "available"
      ? "good"
      : status === "suspended"
        ? "quiet"
        : /_?failed|unavailable/.test(status)
          ? "bad"
          : "busy";
  return { id, name, detail, status: { text: status, tone }, time: updatedAt };
}

function showDeploy(deploy: Deploy): ShownObject {
  return {
    id: deploy.id,
    name: deploy.id,
    detail: `${imageText(deploy)}, by ${deploy.trigger}`,
    status: { text: deploy.status, tone: DEPLOY_TONES[deploy.status] },
    time: deploy.updatedAt,
  };
}

function showDomain(domain: CustomDomain): ShownObject {
  const status = domain.verified
    ? { text: "verified", tone: "good" as const }
    : { text: "unverified", tone: "busy" as const };
  return { id: domain.id, name: domain.name, status, time: domain.createdAt };
}
