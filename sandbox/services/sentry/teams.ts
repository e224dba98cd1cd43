/** Teams: `/organizations/{o}/teams/`, `/teams/{o}/{t}/`. */
import { Hono } from "hono";
import { z } from "zod";
import type { Team } from "./data.ts";
import { invalid, slugConflict } from "./errors.ts";
import { readBody } from "./input.ts";
import { organizationView } from "./organizations.ts";
import { projectSummary, projectsOfTeam } from "./project-view.ts";
import { checkOrganization, type Sentry, teamOf } from "./sentry.ts";
import { slugField, slugFrom } from "./slugs.ts";

const MAX_SLUG = 50;
const createBody = z
  .object({ name: z.string().max(64).nullish(), slug: slugField(MAX_SLUG).nullish() })
  .refine((body) => body.name || body.slug, "Name or slug is required");
const updateBody = z.object({ name: z.string().min(1).max(64).optional(), slug: slugField(MAX_SLUG).optional() });

/** The routes. */
export function teamRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  const withSlug = (slug: string): Team | undefined => sentry.data.teams.find((team) => team.slug === slug);

  app.post("/organizations/:organization/teams/", async (c) => {
    checkOrganization(sentry, c);
    const body = await readBody(c, createBody);
    if (body.slug && withSlug(body.slug)) throw slugConflict("team");
    const slug = body.slug || slugFrom(body.name ?? "", (taken) => withSlug(taken) !== undefined);
    const team = { id: sentry.nextId(), slug, name: body.name || slug, dateCreated: sentry.now() };
    sentry.data.teams.put(team.id, team);
    return c.json(teamView(sentry, team), 201);
  });

  app.get("/teams/:organization/:team/", (c) => {
    const team = teamOf(sentry, c);
    return c.json({ ...teamView(sentry, team), organization: organizationView(sentry) });
  });
  app.put("/teams/:organization/:team/", async (c) => {
    const team = teamOf(sentry, c);
    const body = await readBody(c, updateBody);
    const other = body.slug === undefined ? undefined : withSlug(body.slug);
    if (other && other.id !== team.id) throw invalid({ slug: [`The slug "${body.slug}" is already in use.`] });
    const changed = { ...team, name: body.name ?? team.name, slug: body.slug ?? team.slug };
    sentry.data.teams.put(team.id, changed);
    return c.json(teamView(sentry, changed));
  });
  app.delete("/teams/:organization/:team/", (c) => {
    const team = teamOf(sentry, c);
    sentry.transaction(() => {
      for (const project of projectsOfTeam(sentry, team)) {
        const teamIds = project.teamIds.filter((id) => id !== team.id);
        sentry.data.projects.put(project.id, { ...project, teamIds });
      }
      sentry.data.teams.delete(team.id);
    });
    return c.body(null, 204);
  });
  return app;
}

/** A team as Sentry's API shows it. */
export function teamView(sentry: Sentry, team: Team) {
  return {
    id: team.id,
    slug: team.slug,
    name: team.name,
    dateCreated: team.dateCreated,
    isMember: true,
    teamRole: "admin",
    flags: { "idp:provisioned": false },
    access: ["team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"],
    hasAccess: true,
    isPending: false,
    memberCount: 1,
    avatar: { avatarType: "letter_avatar", avatarUuid: null, avatarUrl: null },
    externalTeams: [],
    projects: projectsOfTeam(sentry, team).map((project) => projectSummary(sentry, project)),
  };
}
