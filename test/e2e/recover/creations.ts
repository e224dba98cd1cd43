/** The calls that make the objects of the chain. */
import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import type { Call } from "./world.ts";

/** A call that makes an object, and where the object is counted. */
export interface Creation extends Call {
  readonly counted: string;
  /** How many of the kind a whole chain has. */
  readonly inTheEnd: number;
}

const creation = (service: ServiceName, call: string, counted: string, inTheEnd = 1): Creation => {
  const [method = "", path = ""] = call.split(" ");
  return { service, method, path, counted, inTheEnd };
};

export const repository = creation("github", "POST /api/v3/orgs/*/repos", "repositories");
/** The first commit is GitHub's own. */
export const file = creation("github", "PUT /api/v3/repos/**/contents/**", "commits", 3);
export const ruleset = creation("github", "POST /api/v3/repos/*/*/rulesets", "rulesets");
export const team = creation("sentry", "POST /api/0/organizations/*/teams/", "teams");
export const project = creation("sentry", "POST /api/0/teams/*/*/projects/", "projects");
/** The other key is Sentry's own. */
export const key = creation("sentry", "POST /api/0/projects/*/*/keys/", "keys", 2);
export const follow = creation("circleci", "POST /api/v1.1/project/**/follow", "projects");
export const context = creation("circleci", "POST /api/v2/context", "contexts");
/** The other restriction is CircleCI's own, of all members. */
export const restriction = creation("circleci", "POST /api/v2/context/*/restrictions", "contextRestrictions", 2);
export const hosting = creation("render", "POST /v1/projects", "projects");
/** The other environment comes with the project. */
export const environment = creation("render", "POST /v1/environments", "environments", 2);
export const credential = creation("render", "POST /v1/registrycredentials", "registryCredentials");
export const database = creation("render", "POST /v1/postgres", "postgres");
export const service = creation("render", "POST /v1/services", "services");

/** A variable of the context. */
export function variable(name: string): Creation {
  return creation("circleci", `PUT /api/v2/context/*/environment-variable/${name}`, "contextVariables", 2);
}

/** How many objects of the creation's kind there are. */
export function count(
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
  { service, counted }: Creation,
): number {
  return counts[service]?.[counted] ?? 0;
}
