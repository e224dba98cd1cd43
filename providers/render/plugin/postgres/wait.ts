/** A database that is waited for. */
import type { CallContext } from "../../../kit/resource.ts";
import type { Postgres } from "../api/datastore-answers.ts";
import { findPostgres } from "../api/postgres.ts";
import type { RenderClient } from "../client.ts";
import type { Awaited } from "../datastore/available.ts";

/** The database of this id, for `untilAvailable`. */
export function databaseOf(context: CallContext<RenderClient>, id: string, ownerId: string): Awaited<Postgres> {
  return { kind: "database", id, find: () => findPostgres(context, id, ownerId) };
}
