/** Render's objects: names are unique in a workspace, of environments in a project. */
import { listCustomDomains } from "../../../providers/render/plugin/api/custom-domains.ts";
import { listEnvironments } from "../../../providers/render/plugin/api/environments.ts";
import { keyValuesNamed } from "../../../providers/render/plugin/api/key-value.ts";
import { postgresNamed } from "../../../providers/render/plugin/api/postgres.ts";
import { projectsNamed } from "../../../providers/render/plugin/api/projects.ts";
import { credentialsNamed } from "../../../providers/render/plugin/api/registry-credentials.ts";
import { findService, servicesNamed } from "../../../providers/render/plugin/api/services.ts";
import type { ApiContext } from "../../../providers/render/plugin/client.ts";
import {
  BACKGROUND_WORKER,
  CRON_JOB,
  PRIVATE_SERVICE,
  WEB_SERVICE,
} from "../../../providers/render/plugin/service/kinds.ts";
import { renderClient } from "../../services/render.ts";
import { type Candidate, type Recipes, type Search, text } from "../recipe.ts";

/** Services of all types: several may have one name, of one type or of different ones. */
const serviceRecipes: Recipes = Object.fromEntries(
  [WEB_SERVICE, PRIVATE_SERVICE, BACKGROUND_WORKER, CRON_JOB].map(({ token, type, noun }) => [
    token,
    {
      kind: `Render ${noun}`,
      mayRepeat: true,
      describe: named,
      async find(search) {
        const found = await servicesNamed(api(search), text(search, "name"), text(search, "ownerId"));
        return candidates(found.filter((service) => service.type === type));
      },
    } satisfies Recipes[string],
  ]),
);

export const renderRecipes: Recipes = {
  "render:index:RegistryCredential": {
    kind: "Render registry credential",
    mayRepeat: true,
    describe: named,
    async find(search) {
      const found = await credentialsNamed(api(search), text(search, "name"), text(search, "ownerId"));
      // Render tells when it was written last, which for a new one is when it was made.
      return found.map(({ id, updatedAt }) => ({ importId: id, stateId: id, ...(updatedAt && { madeAt: updatedAt }) }));
    },
  },
  ...serviceRecipes,
  "render:index:Postgres": {
    kind: "Render database",
    mayRepeat: true,
    describe: named,
    find: async (search) => candidates(await postgresNamed(api(search), text(search, "name"), text(search, "ownerId"))),
  },
  "render:index:CustomDomain": {
    kind: "Render custom domain",
    describe: named,
    async find(search) {
      const [serviceId, name] = [text(search, "serviceId"), text(search, "name")];
      if (!(await findService(api(search), serviceId))) return [];
      const found = (await listCustomDomains(api(search), serviceId)).filter((domain) => domain.name === name);
      const id = `${serviceId}/${name}`;
      return found.map(({ createdAt }) => ({ importId: id, stateId: id, ...(createdAt && { madeAt: createdAt }) }));
    },
  },
  "render:index:KeyValue": {
    kind: "Render key value store",
    mayRepeat: true,
    describe: named,
    find: async (search) =>
      candidates(await keyValuesNamed(api(search), text(search, "name"), text(search, "ownerId"))),
  },
  "render:index:Project": {
    kind: "Render project",
    mayRepeat: true,
    describe: named,
    find: async (search) => candidates(await projectsNamed(api(search), text(search, "name"), text(search, "ownerId"))),
  },
  "render:index:Environment": {
    kind: "Render environment",
    mayRepeat: true,
    describe: named,
    async find(search) {
      const environments = await listEnvironments(api(search), text(search, "projectId"));
      return candidates(environments.filter(({ name }) => name === text(search, "name")));
    },
  },
};

function named(search: Search): string {
  return `"${text(search, "name")}"`;
}

function api(search: Search): ApiContext {
  return { client: renderClient(search.env), signal: search.signal };
}

/** Of an environment Render does not tell when it was made. */
function candidates(found: readonly { readonly id: string; readonly createdAt?: string }[]): Candidate[] {
  return found.map(({ id, createdAt }) => ({ importId: id, stateId: id, ...(createdAt && { madeAt: createdAt }) }));
}
