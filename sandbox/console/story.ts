/**
 * What happens to a change, for the page: pull requests and pipelines, their details, and what the team can do.
 * `GET /pull-requests/{owner}/{name}/{number}` and `GET /jobs/{number}`: details. `POST /pull-requests` { failing }: opens
 * one. `POST /pull-requests/{number}/approve` and `/merge`. A refusal is answered as { problems }.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { PipelineOverview } from "../services/circleci/pipelines/overview.ts";
import type { Masker } from "../services/core/masking.ts";
import type { PullOverview } from "../services/github/pull-overview.ts";
import type { Team } from "../story/pull-requests.ts";

/** Where the page finds it. */
export interface Story {
  readonly pulls: PullOverview;
  readonly pipelines: PipelineOverview;
  readonly team: Team;
}

const opening = z.strictObject({ failing: z.boolean().default(false) });

/** What a page always shows. */
export function storySummary({ pulls, pipelines }: Story, masker: Masker) {
  return masked(masker, { pulls: pulls.list(), pipelines: pipelines.list() });
}

/** The routes. */
export function storyRoutes(story: () => Story, masker: Masker): Hono {
  const app = new Hono();
  app.get("/pull-requests/:owner/:name/:number{[0-9]+}", (c) => {
    const { owner, name, number } = c.req.param();
    const details = story().pulls.details(`${owner}/${name}`, Number(number));
    return details ? c.json(masked(masker, details)) : c.json({ problems: ["no such pull request"] }, 404);
  });
  app.get("/jobs/:number{[0-9]+}", (c) => {
    const steps = story().pipelines.steps(Number(c.req.param("number")));
    return steps ? c.json(masked(masker, { steps })) : c.json({ problems: ["no such job"] }, 404);
  });
  app.post("/pull-requests", async (c) => {
    const body = opening.safeParse(await c.req.json().catch(() => ({})));
    if (!body.success) return c.json({ problems: [z.prettifyError(body.error)] }, 400);
    return answer(c, () => story().team.openPullRequest(body.data));
  });
  for (const action of ["approve", "merge"] as const)
    app.post(`/pull-requests/:number{[0-9]+}/${action}`, (c) =>
      answer(c, () => story().team[action](Number(c.req.param("number")))),
    );
  return app;

  async function answer(c: Context, work: () => Promise<unknown>): Promise<Response> {
    try {
      return c.json((await work()) ?? {});
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return c.json({ problems: [masker.text(message)] }, 409);
    }
  }
}

/** Texts alone may hold a secret here; what they are called tells nothing. */
function masked<T>(masker: Masker, value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, item) => (typeof item === "string" ? masker.text(item) : item)) as T;
}
