/** How emulated Render runs databases. The real ones are in sandbox/docker; without them a database is only described. */

/** A database that is asked for, and the role that owns it. */
export interface DatabaseRequest {
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Major version: "17". */
  readonly version: string;
}

/** Where a database answers, also from the site's containers, as URLs name it. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  /** The major version that really runs; another one where the one that was asked for cannot be had. */
  readonly version: string;
}

/** Real PostgreSQL databases, each with a role of its own that gets into no other. */
export interface Databases {
  /**
   * Makes the database with its role, or gives the one of the last time with its data; starts its server. The role's
   * password is the request's afterwards, so this also changes it.
   * @throws Error with a readable reason when the server cannot be had or does not start.
   */
  provide(request: DatabaseRequest): Promise<DatabaseAddress>;
  /**
   * An archive of what is in the database: a tar of a folder of this name, compressed with gzip, and in it `pg_dump`'s
   * directory format in a folder that is called as the database.
   */
  dump(request: DatabaseRequest, name: string): Promise<Uint8Array>;
  /** Writes what is in an archive into a database that was provided and is empty. */
  restore(request: DatabaseRequest, archive: Uint8Array): Promise<void>;
  /** Removes the role with all that it owns, whoever is connected. What is not there is fine. */
  remove(request: Pick<DatabaseRequest, "user" | "version">): Promise<void>;
  /** Removes every database with its role and its data. */
  clear(): Promise<void>;
  /** Stops the servers; the data stays. */
  close(): Promise<void>;
}
