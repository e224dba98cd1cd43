/** Projects: made in an organization, followed by API v1.1, read and deleted by slug. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { deleteWhere } from "../core/collections.ts";
import { readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import { fragmentOf, uuidOf } from "./identity.ts";
import type { Organization, Project } from "./model.ts";
import { newProjectSettings } from "./settings.ts";
import { findOrganization, followRenames, lookUpProject, onProject, ownerOf, param, projectOf } from "./slugs.ts";

const newProject = z.object({ name: z.string().min(1) });

/** Adds the routes. */
export function projectRoutes(app: Hono, circleci: Circleci): void {
  const create = async (c: Context, idOrSlug: string): Promise<Response> => {
    const organization = findOrganization(circleci, idOrSlug);
    if (organization === undefined) refuse(404, "Org not found.");
    const { name } = await readBody(c, newProject);
    return c.json(describe(circleci, enrol(circleci, organization, name, "GitHub response: Not Found")));
  };
  app.post("/api/v2/organization/:organization/project", (c) => create(c, param(c, "organization")));

  onProject(app, "GET", "", (c, slug) => c.json(describe(circleci, projectOf(circleci, slug))));
  onProject(app, "DELETE", "", (c, slug) => {
    forget(circleci, projectOf(circleci, slug));
    return c.json({ message: "Project deleted" });
  });

  // "Get All Followed Projects" of API v1.1. The address of an App project is `//circleci.com/<organization>/<project>`.
  app.get("/api/v1.1/projects", (c) => {
    followRenames(circleci);
    const followed = circleci.projects.list((project) => project.followed);
    return c.json(followed.map((project) => describeFollowed(circleci, project)));
  });

  app.post("/api/v1.1/project/:vcs/:organization/:repository/follow", (c) => {
    const { organization, repository } = c.req.param();
    const owner = findOrganization(circleci, `${c.req.param("vcs")}/${organization}`);
    if (owner?.kind !== "oauth") refuse(404, "Project not found");
    enrol(circleci, owner, repository, "Project not found");
    return c.json({ following: true, workflow: false, first_build: null });
  });
  app.post("/api/v1.1/project/:vcs/:organization/:repository/unfollow", (c) => {
    const { vcs, organization, repository } = c.req.param();
    const project = projectOf(circleci, `${vcs}/${organization}/${repository}`);
    circleci.projects.put(project.id, { ...project, followed: false });
    return c.json({ following: false });
  });
}

/**
 * The project of that name, followed. In an OAuth organization it stands for a repository that exists already
 * (refused otherwise), and one that was followed before comes back with what it had. An App organization makes
 * a new project each time.
 */
function enrol(circleci: Circleci, organization: Organization, name: string, missing: string): Project {
  if (organization.kind === "app") {
    if (circleci.projects.find((other) => other.organizationId === organization.id && other.name === name)) {
      refuse(400, `A project named ${name} already exists in this organization.`);
    }
    const id = newId(circleci, `${organization.slug}/${name}`);
    return save(circleci, organization, { id, slug: `${organization.slug}/${fragmentOf(id)}`, name });
  }
  const slug = `${organization.slug}/${name}`;
  const known = lookUpProject(circleci, slug);
  if (known) return circleci.projects.put(known.id, { ...known, followed: true });
  if (circleci.extras.repositoryExists?.(organization.name, name) === false) refuse(404, missing);
  const repositoryId = circleci.extras.repositoryId?.(organization.name, name);
  return save(circleci, organization, { id: newId(circleci, slug), slug, name, repositoryId });
}

function newId(circleci: Circleci, slug: string): string {
  return uuidOf(`project ${slug} ${circleci.store.next("project")}`);
}

function save(
  circleci: Circleci,
  organization: Organization,
  identity: Pick<Project, "id" | "slug" | "name" | "repositoryId">,
): Project {
  const project = { ...identity, organizationId: organization.id, followed: true, settings: newProjectSettings };
  return circleci.projects.put(project.id, project);
}

/** A project in the list of API v1.1, which names no slug. */
function describeFollowed(circleci: Circleci, project: Project): object {
  const organization = ownerOf(circleci, project);
  return {
    vcs_type: organization.kind === "oauth" ? "github" : "circleci",
    vcs_url: addressOf(organization, project),
    username: organization.name,
    reponame: project.name,
    default_branch: "main",
    followed: true,
    branches: {},
  };
}

function addressOf(organization: Organization, project: Project): string {
  return organization.kind === "oauth"
    ? `https://github.com/${organization.name}/${project.name}`
    : `//circleci.com/${organization.id}/${project.id}`;
}

/** A project as the API describes it. */
function describe(circleci: Circleci, project: Project): object {
  const organization = ownerOf(circleci, project);
  const oauth = organization.kind === "oauth";
  return {
    slug: project.slug,
    name: project.name,
    id: project.id,
    organization_name: organization.name,
    organization_slug: organization.slug,
    organization_id: organization.id,
    vcs_info: {
      vcs_url: addressOf(organization, project),
      provider: oauth ? "GitHub" : "CircleCI",
      default_branch: "main",
    },
  };
}

/** Deletes a project with everything that belongs to it. */
function forget(circleci: Circleci, { id: projectId }: Project): void {
  const isMine = (item: { projectId: string }): boolean => item.projectId === projectId;
  circleci.store.transaction(() => {
    circleci.projects.delete(projectId);
    deleteWhere(circleci.projectVariables, ({ name }) => `${projectId}/${name}`, isMine);
    deleteWhere(circleci.checkoutKeys, ({ md5 }) => `${projectId}/${md5}`, isMine);
    deleteWhere(circleci.webhooks, ({ id }) => id, isMine);
    deleteWhere(circleci.triggers, ({ id }) => id, isMine);
    deleteWhere(circleci.pipelineDefinitions, ({ id }) => id, isMine);
  });
}
