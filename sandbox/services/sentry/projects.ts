/** Projects: `/teams/{o}/{t}/projects/`, `/organizations/{o}/projects/`, `/projects/{o}/{p}/` and their teams. */
import { Hono } from "hono";
import { z } from "zod";
import { deleteProject, type Project } from "./data.ts";
import { invalid, notFound, slugConflict } from "./errors.ts";
import { readBody } from "./input.ts";
import { newKey } from "./key-view.ts";
import { pageOf } from "./paging.ts";
import { projectDetail, projectListView, projectWithTeams } from "./project-view.ts";
import { checkOrganization, projectOf, type Sentry, teamOf } from "./sentry.ts";
import { slugField, slugFrom } from "./slugs.ts";

const MAX_NAME = 50;
const MAX_SLUG = 100;
const createBody = z.object({
  name: z.string().min(1).max(MAX_NAME),
  slug: slugField(MAX_SLUG).nullish(),
  platform: z.string().nullish(),
  default_rules: z.boolean().default(true),
});
const settings = z
  .object({
    subjectPrefix: z.string().max(200),
    subjectTemplate: z.string().max(200),
    resolveAge: z.int().min(0).nullable(),
    digestsMinDelay: z.int().min(60).max(3600),
    digestsMaxDelay: z.int().min(60).max(3600),
    allowedDomains: z.array(z.string()),
    dataScrubber: z.boolean(),
    dataScrubberDefaults: z.boolean(),
    scrubIPAddresses: z.boolean(),
    safeFields: z.array(z.string()),
    sensitiveFields: z.array(z.string()),
    securityTokenHeader: z.string().nullable(),
    verifySSL: z.boolean(),
    scrapeJavaScript: z.boolean(),
    enableAutoReleaseCreation: z.boolean(),
    highlightTags: z.array(z.string()),
    groupingConfig: z.string(),
    groupingEnhancements: z.string(),
    fingerprintingRules: z.string(),
    defaultEnvironment: z.string().nullable(),
  })
  .partial();
const updateBody = settings.extend({
  name: z.string().min(1).max(200).optional(),
  slug: slugField(MAX_SLUG).optional(),
  platform: z.string().nullish(),
  isBookmarked: z.boolean().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

/** The routes. */
export function projectRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  app.post("/teams/:organization/:team/projects/", async (c) => {
    const team = teamOf(sentry, c);
    const body = await readBody(c, createBody);
    const project = sentry.transaction(() => createProject(sentry, team.id, body));
    return c.json(projectListView(sentry, project), 201);
  });
  app.get("/organizations/:organization/projects/", (c) => {
    checkOrganization(sentry, c);
    return pageOf(c, sentry.data.projects.list(), (project) => projectListView(sentry, project));
  });
  app.get("/projects/:organization/:project/", (c) => c.json(projectDetail(sentry, projectOf(sentry, c))));
  app.put("/projects/:organization/:project/", async (c) => {
    const changed = updateProject(sentry, projectOf(sentry, c), await readBody(c, updateBody));
    return c.json(projectDetail(sentry, changed));
  });
  app.delete("/projects/:organization/:project/", (c) => {
    sentry.transaction(() => deleteProject(sentry.data, projectOf(sentry, c)));
    return c.body(null, 204);
  });

  app.on(["POST", "DELETE"], "/projects/:organization/:project/teams/:team/", (c) => {
    const project = projectOf(sentry, c);
    const wanted = c.req.param("team");
    const team = sentry.data.teams.find((known) => known.slug === wanted || known.id === wanted);
    if (!team) throw notFound("Team does not exist.");
    const others = project.teamIds.filter((id) => id !== team.id);
    const isAdded = c.req.method === "POST";
    const changed = { ...project, teamIds: isAdded ? [...others, team.id] : others };
    sentry.data.projects.put(project.id, changed);
    return c.json(projectWithTeams(sentry, changed), isAdded ? 201 : 200);
  });
  return app;
}

/** A new project has a key named Default. Its alert is one of the workflows, which nothing here shows. */
function createProject(sentry: Sentry, teamId: string, body: z.output<typeof createBody>): Project {
  const isTaken = (slug: string): boolean => sentry.data.projects.find((known) => known.slug === slug) !== undefined;
  if (body.slug && isTaken(body.slug)) throw slugConflict("project");
  const dateCreated = sentry.now();
  const project: Project = {
    id: sentry.nextId(),
    slug: body.slug || slugFrom(body.name, isTaken),
    formerSlugs: [],
    name: body.name,
    platform: body.platform || null,
    teamIds: [teamId],
    settings: {},
    firstEvent: null,
    dateCreated,
  };
  sentry.data.projects.put(project.id, project);
  const key = newKey(project.id, "Default", null, dateCreated);
  sentry.data.keys.put(key.id, key);
  return project;
}

function updateProject(sentry: Sentry, project: Project, body: z.output<typeof updateBody>): Project {
  const { name, slug, platform, isBookmarked: _perUser, options, ...given } = body;
  const other = sentry.data.projects.find((known) => known.slug === slug && known.id !== project.id);
  if (other) throw invalid({ slug: [`Another project (${other.name}) is already using that slug`] });
  const isMoved = slug !== undefined && slug !== project.slug;
  return sentry.data.projects.put(project.id, {
    ...project,
    name: name ?? project.name,
    slug: slug ?? project.slug,
    formerSlugs: isMoved ? [...project.formerSlugs, project.slug] : project.formerSlugs,
    platform: platform === undefined ? project.platform : platform || null,
    settings: { ...project.settings, ...given },
    options: { ...project.options, ...options },
  });
}
