/** Databases: made, listed, read, changed, deleted ("Render Public API", Postgres). */
import type { Hono } from "hono";
import { cursorOf, existing, page, param, passes, passesTimes, readBody } from "../answers.ts";
import { requireOwner } from "../owners.ts";
import type { Render } from "../render.ts";
import type { PostgresLifecycle } from "./lifecycle.ts";
import { changed, madeFrom, newPostgres, postgresUpdate } from "./requests.ts";
import { connectionInfo, describePostgres, describeReplica } from "./view.ts";

/** Adds the routes. */
export function postgresRoutes(app: Hono, render: Render, lifecycle: PostgresLifecycle): void {
  app.get("/v1/postgres", (c) => {
    const primaries = render.postgres.list(
      (postgres) =>
        passes(c, "region", postgres.region) &&
        passes(c, "ownerId", postgres.ownerId) &&
        passes(c, "environmentId", postgres.environmentId) &&
        passes(c, "suspended", postgres.suspended ? "suspended" : "not_suspended") &&
        passesTimes(c, postgres),
    );
    const withReplicas = c.req.query("includeReplicas") !== "false";
    const all = primaries.flatMap((primary) => [
      { id: primary.id, name: primary.name, shown: describePostgres(render, primary) },
      ...(withReplicas ? primary.readReplicas : []).map((replica) => ({
        ...{ id: replica.id, name: replica.name },
        shown: describeReplica(render, primary, replica),
      })),
    ]);
    const items = page(
      c,
      all.filter(({ name }) => passes(c, "name", name)),
      ({ id }) => id,
    );
    return c.json(items.map(({ id, shown }) => ({ postgres: shown, cursor: cursorOf(id) })));
  });

  app.post("/v1/postgres", async (c) => {
    const request = await readBody(c, newPostgres);
    requireOwner(render, request.ownerId);
    // Recorded: a database that was just asked for has the status "unknown".
    const postgres = lifecycle.create(madeFrom(render, request), "creating", "unavailable");
    return c.json(describePostgres(render, postgres), 201);
  });

  app.get("/v1/postgres/:postgres", (c) => {
    const id = param(c, "postgres");
    const primary = render.postgres.find(({ readReplicas }) => readReplicas.some((replica) => replica.id === id));
    const replica = primary?.readReplicas.find((candidate) => candidate.id === id);
    if (primary && replica) return c.json(describeReplica(render, primary, replica));
    return c.json(describePostgres(render, existing(render.postgres, id)));
  });

  app.patch("/v1/postgres/:postgres", async (c) => {
    const body = await readBody(c, postgresUpdate);
    const postgres = changed(existing(render.postgres, param(c, "postgres")), body);
    const saved = render.postgres.put(postgres.id, { ...postgres, updatedAt: render.now() });
    return c.json(describePostgres(render, saved));
  });

  app.delete("/v1/postgres/:postgres", async (c) => {
    await lifecycle.delete(existing(render.postgres, param(c, "postgres")));
    return c.body(null, 204);
  });

  app.get("/v1/postgres/:postgres/connection-info", async (c) => {
    const postgres = existing(render.postgres, param(c, "postgres"));
    return c.json(connectionInfo(postgres, await lifecycle.addressOf(postgres)));
  });
}
