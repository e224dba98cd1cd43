/** The site's database: a Postgres at Render, where the site is. */
import * as pulumi from "@pulumi/pulumi";
import * as render from "../../providers/render/index.ts";
import { ipAllowList } from "../allowed-addresses.ts";
import type { PartOf } from "../config.ts";
import { privateAddress } from "./private-address.ts";

/** Arguments of Database. */
export interface DatabaseArgs {
  readonly settings: PartOf<"database">;
  /** The site that it is for: its workspace and region are the database's, or its internal address would lead nowhere. */
  readonly site: Pick<PartOf<"site">, "ownerId" | "region">;
  /** Id of the site's Render environment; undefined when there is none. */
  readonly environmentId: pulumi.Input<string> | undefined;
}

/** A Render Postgres. */
export class Database extends pulumi.ComponentResource {
  readonly databaseId: pulumi.Output<string>;
  readonly databaseName: pulumi.Output<string>;
  /** Address with login on Render's private network; secret. */
  readonly internalUrl: pulumi.Output<string>;

  constructor(name: string, args: DatabaseArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:environment:Database", name, {}, options);
    const postgres = new render.Postgres(name, postgresArgs(args), { parent: this });
    this.databaseId = postgres.id;
    this.databaseName = postgres.name;
    this.internalUrl = privateAddress("the database", postgres.internalConnectionString);
    this.registerOutputs({ databaseId: this.databaseId, databaseName: this.databaseName });
  }
}

function postgresArgs({ settings, site, environmentId }: DatabaseArgs): render.PostgresArgs {
  const { name, plan, version, diskSizeGB, highAvailability, allow } = settings;
  return {
    name,
    plan,
    version: version as render.PostgresVersion,
    ownerId: site.ownerId,
    region: site.region,
    highAvailability,
    ipAllowList: ipAllowList(allow),
    ...(diskSizeGB && { diskSizeGB }),
    ...(environmentId && { environmentId }),
  };
}
