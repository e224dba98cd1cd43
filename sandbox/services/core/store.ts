/** The sandbox's memory: JSON documents of every service in one SQLite file. */
import { chmodSync, closeSync, existsSync, openSync } from "node:fs";
import type { Collection, ServiceName, Store } from "./service.ts";
import { type Database, DatabaseSync } from "./sqlite.ts";

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS documents (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (service, kind, id)
  );
  CREATE TABLE IF NOT EXISTS sequences (
    service TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (service, name)
  );`;

/** The SQLite file behind every service's store. */
export interface Storage {
  /** The part of it that belongs to one service. */
  store(service: ServiceName): Store;
  /** Forgets every document and starts every sequence again. */
  clear(): void;
  close(): void;
}

/** Opens or creates the file; ":memory:" keeps everything in memory. Throws when the file cannot be opened. */
export function openStorage(file: string): Storage {
  const database = openDatabase(file);
  return {
    store: (service) => serviceStore(database, service),
    clear() {
      database.exec("DELETE FROM documents; DELETE FROM sequences;");
    },
    close() {
      database.close();
    },
  };
}

function openDatabase(file: string): Database {
  try {
    if (file !== ":memory:") keepToUser(file);
    const database = new DatabaseSync(file);
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The sandbox's database ${file} cannot be opened: ${reason}. Check that its folder exists and is writable, or delete the file to start empty.`,
    );
  }
}

/**
 * It holds what the services were given: variables, passwords, keys. SQLite gives the files that it writes beside it the
 * mode that it has when it is opened; those of a run that was killed are there already.
 */
function keepToUser(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
}

function serviceStore(database: Database, service: ServiceName): Store {
  const advance = database.prepare(
    `INSERT INTO sequences (service, name, value) VALUES (?, ?, 1)
     ON CONFLICT (service, name) DO UPDATE SET value = value + 1 RETURNING value`,
  );
  return {
    collection: <T>(kind: string) => openCollection<T>(database, service, kind),
    next: (sequence) => Number(advance.get(service, sequence)?.["value"]),
    transaction: (work) => inTransaction(database, work),
  };
}

function openCollection<T>(database: Database, service: ServiceName, kind: string): Collection<T> {
  const where = "WHERE service = ? AND kind = ?";
  const one = database.prepare(`SELECT body FROM documents ${where} AND id = ?`);
  const all = database.prepare(`SELECT body FROM documents ${where} ORDER BY position`);
  const remove = database.prepare(`DELETE FROM documents ${where} AND id = ?`);
  const upsert = database.prepare(
    `INSERT INTO documents (service, kind, id, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (service, kind, id) DO UPDATE SET body = excluded.body`,
  );
  const parse = (row: Record<string, unknown>): T => JSON.parse(String(row["body"]));
  const list = (filter?: (value: T) => boolean): T[] => {
    const values = all.all(service, kind).map(parse);
    return filter ? values.filter(filter) : values;
  };
  return {
    get(id) {
      const row = one.get(service, kind, id);
      return row ? parse(row) : undefined;
    },
    put(id, value) {
      upsert.run(service, kind, id, JSON.stringify(value));
      return value;
    },
    delete: (id) => Number(remove.run(service, kind, id).changes) > 0,
    list,
    find: (filter) => list().find(filter),
  };
}

/** A transaction inside a transaction is a savepoint of the outer one. */
function inTransaction<T>(database: Database, work: () => T): T {
  const nested = database.isTransaction;
  database.exec(nested ? "SAVEPOINT work" : "BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec(nested ? "RELEASE work" : "COMMIT");
    return result;
  } catch (error) {
    database.exec(nested ? "ROLLBACK TO work; RELEASE work" : "ROLLBACK");
    throw error;
  }
}
