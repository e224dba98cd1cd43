/** The stack's outputs, as the contract in contract/schema.ts promises them to other teams and programs. */
import { output } from "@pulumi/pulumi";
import { CONTRACT_VERSION, type Outputs } from "../contract/schema.ts";
import type { Declared } from "../lib/declared.ts";
import type { CustomDomain } from "../providers/render/index.ts";
import type { Configuration } from "./config.ts";
import type { CiContext } from "./environment/circleci-context.ts";
import type { Site } from "./environment/render-service.ts";
import type { ErrorKey } from "./environment/sentry-key.ts";
import type { Shared } from "./shared-parts.ts";

/** What exists of an environment; a part that is `off` is undefined. */
export interface EnvironmentParts {
  readonly image: Declared<Outputs["image"]>;
  readonly key: ErrorKey | undefined;
  readonly context: CiContext | undefined;
  readonly site: Site | undefined;
}

/** The outputs of a stack that declares an environment, or none, on these shared parts. */
export function outputs(
  { application, environment, declares }: Configuration,
  shared: Shared,
  parts: Partial<EnvironmentParts>,
): Declared<Outputs> {
  const { repository, pipeline, errors, hosting } = shared;
  const { image, key, context, site } = parts;
  const { cache, database } = site ?? {};
  const offered = {
    ...(pipeline && { pipeline: { organization: pipeline.organization, projectId: pipeline.projectId } }),
    ...(errors && { errors: { organization: errors.organization, project: errors.project } }),
    ...(hosting && {
      hosting: {
        ownerId: hosting.ownerId,
        ...(hosting.projectId && { projectId: hosting.projectId }),
        ...(hosting.credentialId && { credentialId: hosting.credentialId }),
      },
    }),
  };
  const offers = declares !== "environment" && Object.keys(offered).length > 0;
  // A part that is off is left out: the engine warns of an output that is undefined.
  return {
    contractVersion: CONTRACT_VERSION,
    application: application.name,
    environment,
    ...(repository && { repository: { url: repository.url, fullName: repository.fullName } }),
    ...(pipeline && { pipeline: { slug: pipeline.slug, ...(context && { context: context.contextName }) } }),
    ...(image && { image }),
    ...(errors && key && { errors: { project: errors.project, dsn: key.dsn } }),
    ...(site && {
      site: {
        id: site.serviceId,
        url: site.url,
        deployId: site.deployId,
        ...(site.domains.length > 0 && { domains: domainOutputs(site.domains) }),
      },
    }),
    ...(database && { database: { id: database.databaseId, name: database.databaseName } }),
    ...(cache && { cache: { id: cache.cacheId, name: cache.cacheName } }),
    ...(offers && { shared: offered }),
  };
}

function domainOutputs(domains: readonly CustomDomain[]) {
  return output(domains.map(({ name, verificationStatus, dnsRecords }) => ({ name, verificationStatus, dnsRecords })));
}
