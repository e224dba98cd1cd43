/** Slugs: `gh/acme/site` (also spelled `github/...`, also with `%2F`), `circleci/<fragment>/<fragment>`, a bare id. */
import type { Context, Hono } from "hono";
import { refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { fragmentOf } from "./identity.ts";
import type { Organization, Project } from "./model.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FRAGMENT = /^[0-9A-Za-z]{21,22}$/;

/** Whether the text is a UUID. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** `github` is the long name of `gh`, and `bitbucket` of `bb`. */
export function canonicalSlug(slug: string): string {
  return slug.replace(/^github\//, "gh/").replace(/^bitbucket\//, "bb/");
}

/** An organization by id or slug. */
export function findOrganization(circleci: Circleci, idOrSlug: string): Organization | undefined {
  const wanted = canonicalSlug(idOrSlug);
  return circleci.organizations.find(({ id, slug }) => id === wanted || slug === wanted || `circleci/${id}` === wanted);
}

/** The organization that owns a project. */
export function ownerOf(circleci: Circleci, project: Project): Organization {
  const owner = circleci.organizations.find(({ id }) => id === project.organizationId);
  if (owner === undefined) throw new Error(`Project ${project.slug} belongs to no organization of this account.`);
  return owner;
}

/**
 * A project by slug or id, also one that nobody follows any more.
 * Refuses with 400 what cannot be a slug: the parts of an App slug are opaque, never names.
 */
export function lookUpProject(circleci: Circleci, slug: string): Project | undefined {
  if (isUuid(slug)) return circleci.projects.get(slug);
  const [vcs, organization, project, ...rest] = canonicalSlug(slug).split("/");
  if (!vcs || !organization || !project || rest.length > 0) refuse(400, `Invalid project slug ${slug}`);
  if (vcs !== "circleci") {
    followRenames(circleci);
    return circleci.projects.find((candidate) => candidate.slug === canonicalSlug(slug));
  }
  if (!isUuid(project) && !FRAGMENT.test(project)) refuse(400, `Invalid project slug ${slug}`);
  const owner = findOrganization(circleci, `circleci/${organization}`);
  return circleci.projects.find(
    ({ id, organizationId }) => organizationId === owner?.id && (id === project || fragmentOf(id) === project),
  );
}

/**
 * A project of an OAuth organization has its repository's name, also a new one, and no longer the old one ("Rename
 * organizations and repositories").
 */
export function followRenames(circleci: Circleci): void {
  for (const project of circleci.projects.list()) {
    const fullName = project.repositoryId && circleci.extras.repositoryName?.(project.repositoryId);
    const name = fullName?.split("/")[1];
    if (name === undefined || name === project.name) continue;
    const slug = `${project.slug.slice(0, project.slug.lastIndexOf("/"))}/${name}`;
    circleci.projects.put(project.id, { ...project, slug, name });
  }
}

/** A project that exists and is followed. Refuses with CircleCI's 404. */
export function projectOf(circleci: Circleci, slug: string): Project {
  const project = lookUpProject(circleci, slug);
  if (project === undefined || !project.followed) refuse(404, "Project not found");
  return project;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Adds a route below `/project/<slug>`, for a slug in three path segments and for one in a single, escaped segment. */
export function onProject(
  app: Hono,
  method: Method,
  suffix: string,
  handler: (c: Context, slug: string) => Response | Promise<Response>,
): void {
  app.on(method, `/api/v2/project/:vcs/:organization/:repository${suffix}`, (c) => {
    const { vcs, organization, repository } = c.req.param() as Record<string, string>;
    return handler(c, `${vcs}/${organization}/${repository}`);
  });
  app.on(method, `/api/v2/project/:slug${suffix}`, (c) => handler(c, (c.req.param() as { slug: string }).slug));
}

/** A path parameter that the route's pattern guarantees. */
export function param(c: Context, name: string): string {
  return c.req.param(name) ?? "";
}
