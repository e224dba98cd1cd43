/** Node's built-in SQLite, loaded without the "experimental feature" line that older releases print. */

type Sqlite = typeof import("node:sqlite");

function loadQuietly(): Sqlite {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The database class of `node:sqlite`. */
export const { DatabaseSync } = loadQuietly();
export type Database = InstanceType<Sqlite["DatabaseSync"]>;
