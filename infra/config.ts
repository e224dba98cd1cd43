/** The stack's configuration as one typed object, with what follows from its values filled in. */
import type { z } from "zod";
import { canonicalSlug } from "../providers/circleci/slug.ts";
import { describedBlocks } from "./allowed-addresses.ts";
import { configuredArguments } from "./application/build-arguments.ts";
import type { configurationSchema } from "./config-schema.ts";
import type { PartName } from "./parts.ts";
import { withCache, withDatabase } from "./shared/service-containers.ts";

/** What prepares a database for the code of a new image, in the folder of manage.py, where images start. */
const MIGRATE = "python manage.py migrate --noinput";

/** What the program is told to declare. A part that is `off` is undefined. */
export type Configuration = ReturnType<typeof complete>;

/** The settings of one part that is on. */
export type PartOf<Name extends PartName> = NonNullable<Configuration[Name]>;

/** Fills in the names that follow from others. */
export function complete(parsed: z.output<typeof configurationSchema>) {
  const { application, environment, declares, repository, pipeline, image, errors, site, database, cache } = parsed;
  const inEnvironment = `${application.name}-${environment}`;
  // A stack of shared parts has no environment whose context its pipeline could take.
  const ownContext = declares === "shared" ? undefined : inEnvironment;
  return {
    ...parsed,
    protect: parsed.protect ?? parsed.production,
    repository: repository && { ...repository, name: repository.name ?? application.name },
    pipeline: pipeline && {
      ...pipeline,
      organization: canonicalSlug(pipeline.organization),
      context: pipeline.context === "off" ? undefined : (pipeline.context ?? ownContext),
      services: withCache(withDatabase(pipeline.services, database?.version), cache !== undefined),
    },
    image: image && { ...image, buildArguments: { ...configuredArguments(parsed), ...image.buildArguments } },
    errors: errors && { ...errors, team: errors.team ?? application.name, project: errors.project ?? application.name },
    site: site && {
      ...site,
      name: site.name ?? inEnvironment,
      // A free service runs no command before a deploy.
      ...(database && site.plan !== "free" && !site.preDeployCommand && { preDeployCommand: MIGRATE }),
    },
    database: database && {
      ...database,
      name: database.name ?? inEnvironment,
      allow: describedBlocks(database.allow, application.name),
    },
    cache: cache && {
      ...cache,
      name: cache.name ?? inEnvironment,
      allow: describedBlocks(cache.allow, application.name),
    },
  };
}
