/** Releases: `/organizations/{o}/releases/`. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Release } from "./data.ts";
import { invalid, notFound } from "./errors.ts";
import { readBody } from "./input.ts";
import { pageOf } from "./paging.ts";
import { checkOrganization, type Sentry } from "./sentry.ts";

const details = {
  ref: z.string().max(250).nullish(),
  url: z.string().nullish(),
  dateReleased: z.iso.datetime({ offset: true, error: "Datetime has wrong format." }).nullish(),
};
const createBody = z.object({
  version: z.string().min(1).max(250),
  projects: z.array(z.union([z.string(), z.int()])),
  ...details,
});
const deployBody = z.object({ environment: z.string().min(1).max(64), name: z.string().max(64).nullish() });

/** The routes. */
export function releaseRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  const releaseOf = (c: Context): Release => {
    checkOrganization(sentry, c);
    const release = sentry.data.releases.get(c.req.param("version") ?? "");
    if (!release) throw notFound();
    return release;
  };
  app.get("/organizations/:organization/releases/", (c) => {
    checkOrganization(sentry, c);
    const query = c.req.query("query") ?? "";
    const releases = sentry.data.releases.list((release) => release.version.includes(query)).reverse();
    return pageOf(c, releases, (release) => releaseView(sentry, release));
  });
  app.post("/organizations/:organization/releases/", async (c) => {
    checkOrganization(sentry, c);
    const body = await readBody(c, createBody);
    const existing = sentry.data.releases.get(body.version);
    const release = sentry.data.releases.put(body.version, {
      id: existing?.id ?? Number(sentry.nextId()),
      version: body.version,
      projectIds: [...new Set([...(existing?.projectIds ?? []), ...projectIds(sentry, body.projects)])],
      ref: body.ref ?? existing?.ref ?? null,
      url: body.url ?? existing?.url ?? null,
      dateCreated: existing?.dateCreated ?? sentry.now(),
      dateReleased: body.dateReleased ?? existing?.dateReleased ?? null,
      deploys: existing?.deploys ?? [],
    });
    return c.json(releaseView(sentry, release), existing ? 208 : 201);
  });
  app.post("/organizations/:organization/releases/:version/deploys/", async (c) => {
    const release = releaseOf(c);
    const { environment, name } = await readBody(c, deployBody);
    const deploy = { id: sentry.nextId(), environment, name: name ?? null, dateFinished: sentry.now() };
    sentry.data.releases.put(release.version, { ...release, deploys: [...release.deploys, deploy] });
    return c.json({ ...deploy, url: null, dateStarted: null }, 201);
  });
  return app;
}

function projectIds(sentry: Sentry, wanted: readonly (string | number)[]): string[] {
  if (wanted.length === 0) throw invalid({ projects: ["This list may not be empty."] });
  return wanted.map((slugOrId) => {
    const project = sentry.data.projects.find(
      (known) => known.slug === String(slugOrId) || known.id === String(slugOrId),
    );
    if (!project) throw invalid({ projects: ["Invalid project ids or slugs"] });
    return project.id;
  });
}

function releaseView(sentry: Sentry, release: Release) {
  const projects = sentry.data.projects.list((project) => release.projectIds.includes(project.id));
  const deploy = release.deploys.at(-1);
  return {
    id: release.id,
    version: release.version,
    shortVersion: release.version,
    status: "open",
    ref: release.ref,
    url: release.url,
    dateCreated: release.dateCreated,
    dateReleased: release.dateReleased,
    versionInfo: {
      package: null,
      version: { raw: release.version },
      description: release.version,
      buildHash: null,
    },
    data: {},
    newGroups: 0,
    commitCount: 0,
    deployCount: release.deploys.length,
    lastDeploy: deploy
      ? { id: deploy.id, environment: deploy.environment, name: deploy.name ?? "", dateFinished: deploy.dateFinished }
      : null,
    lastCommit: null,
    firstEvent: null,
    lastEvent: null,
    owner: null,
    authors: [],
    projects: projects.map((project) => ({
      id: Number(project.id),
      slug: project.slug,
      name: project.name,
      platform: project.platform,
      platforms: project.platform ? [project.platform] : [],
      hasHealthData: false,
      newGroups: 0,
    })),
  };
}
