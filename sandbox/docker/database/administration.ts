/** What the superuser does on a server: makes databases with their roles, and removes them. */
import { setTimeout as delay } from "node:timers/promises";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import type { DatabaseRequest } from "../../services/core/databases.ts";
import { SUPERUSER } from "./server.ts";

/** Where a server listens, and its superuser's password. */
export interface ServerAccess {
  readonly port: number;
  readonly password: string;
}

/** "duplicate_database" and "duplicate_object", where two ask for the same at once ("PostgreSQL Error Codes"). */
const EXISTS_ALREADY = new Set(["42P04", "42710"]);

/** True once the superuser can log in. */
export async function takesLogin(access: ServerAccess, signal: AbortSignal): Promise<boolean> {
  const attempt = asSuperuser(access, (client) => client.query("SELECT 1")).then(
    () => true,
    () => false,
  );
  return Promise.race([attempt, delay(2_000, false, { signal }).catch(() => false)]);
}

/**
 * Keeps roles from leaving something to each other in what they share; for a server that is new. The database "postgres"
 * stays open to them: clients make and drop databases from there, Django's test runner among them.
 */
export async function closeCommonDatabases(access: ServerAccess): Promise<void> {
  await asSuperuser(access, async (client) => {
    await client.query("REVOKE ALL ON DATABASE template1 FROM PUBLIC");
    await client.query("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  });
}

/** Makes the role and its database unless they are there; the role has this password then, and no other role gets in. */
export async function provideDatabase(
  access: ServerAccess,
  { database, user, password }: DatabaseRequest,
): Promise<void> {
  const [role, name, secret] = [escapeIdentifier(user), escapeIdentifier(database), escapeLiteral(password)];
  await asSuperuser(access, async (client) => {
    await unlessThere(client.query(`CREATE ROLE ${role} LOGIN CREATEDB`));
    await client.query(`ALTER ROLE ${role} PASSWORD ${secret}`);
    await unlessThere(client.query(`CREATE DATABASE ${name} OWNER ${role}`));
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  });
}

/** Ends a role's connections and removes it with every database that it owns. What is not there is fine. */
export async function removeRole(access: ServerAccess, user: string): Promise<void> {
  await asSuperuser(access, async (client) => {
    const owned = "SELECT datname AS name FROM pg_database JOIN pg_roles r ON r.oid = datdba WHERE rolname = $1";
    const { rows } = await client.query<{ name: string }>(owned, [user]);
    for (const { name } of rows) await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${escapeIdentifier(user)}`);
  });
}

async function asSuperuser<T>({ port, password }: ServerAccess, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ host: "127.0.0.1", port, user: SUPERUSER, password, database: SUPERUSER, ssl: false });
  // A server that is stopped tells its clients; who asks learns of it from the query that fails.
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function unlessThere(query: Promise<unknown>): Promise<void> {
  await query.catch((error: unknown) => {
    if (!EXISTS_ALREADY.has((error as { code?: string }).code ?? "")) throw error;
  });
}
