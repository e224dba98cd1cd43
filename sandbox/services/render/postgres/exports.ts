/**
 * Logical backups: asked for, listed, fetched ("Render Postgres Recovery and Backups"). A file is named by its minute; it
 * is fetched at an address of its own, with a key instead of an API key, as public logs of restores show.
 */
import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import { existing, param, refuse } from "../answers.ts";
import { suffix } from "../ids.ts";
import type { Render } from "../render.ts";
import { running } from "./actions.ts";
import type { PostgresLifecycle } from "./lifecycle.ts";
import { describeExport, exportFolder } from "./view.ts";

/** Adds the routes. */
export function postgresExportRoutes(app: Hono, render: Render, lifecycle: PostgresLifecycle): void {
  app.get("/v1/postgres/:postgres/export", (c) => {
    const { id } = existing(render.postgres, param(c, "postgres"));
    const exports = render.postgresExports.list(({ postgresId }) => postgresId === id);
    return c.json(exports.map((one) => describeExport(render, one)));
  });

  app.post("/v1/postgres/:postgres/export", (c) => {
    const postgres = running(existing(render.postgres, param(c, "postgres")));
    const createdAt = render.now();
    const id = `${createdAt}-${suffix()}`;
    const wanted = { id, postgresId: postgres.id, createdAt, key: randomBytes(24).toString("base64url") };
    lifecycle.export(postgres, render.postgresExports.put(id, wanted));
    return c.body(null, 202);
  });

  app.get("/db/:postgres/:file", (c) => {
    const [postgresId, key] = [param(c, "postgres"), c.req.query("auth")];
    const found = render.postgresExports.find((one) => one.postgresId === postgresId && one.key === key);
    if (found?.archive === undefined) refuse(404, "not found");
    const name = `${exportFolder(found.createdAt).replaceAll(":", "_")}.dir.tar.gz`;
    const headers = { "Content-Type": "application/gzip", "Content-Disposition": `attachment; filename="${name}"` };
    return c.body(new Uint8Array(Buffer.from(found.archive, "base64")), 200, headers);
  });
}
