/** What was sent in: issues and events of a project. */
import { Hono } from "hono";
import { notFound } from "./errors.ts";
import { eventDetail, eventSummary, issueView } from "./event-view.ts";
import { pageOf } from "./paging.ts";
import { projectOf, type Sentry } from "./sentry.ts";

/** The routes. */
export function eventRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  app.get("/projects/:organization/:project/issues/", (c) => {
    const project = projectOf(sentry, c);
    const issues = sentry.data.issues.list((issue) => issue.projectId === project.id).reverse();
    return pageOf(c, issues, (issue) => issueView(sentry, project, issue));
  });
  app.get("/projects/:organization/:project/events/", (c) => {
    const project = projectOf(sentry, c);
    const events = sentry.data.events.list((event) => event.projectId === project.id).reverse();
    return pageOf(c, events, eventSummary);
  });
  app.get("/projects/:organization/:project/events/:event/", (c) => {
    const project = projectOf(sentry, c);
    const event = sentry.data.events.get(c.req.param("event"));
    if (event?.projectId !== project.id) throw notFound();
    return c.json(eventDetail(event));
  });
  return app;
}
