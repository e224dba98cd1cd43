/** The stack's outputs, as the contract in contract/schema.ts promises them to other teams and programs. */
import type { Input } from "@pulumi/pulumi";
import { CONTRACT_VERSION, type Outputs } from "../contract/schema.ts";
import type { Configuration } from "./config.ts";
import type { CiContext } from "./environment/circleci-context.ts";
import type { DeployedImage } from "./environment/deployed-image.ts";
import type { Site } from "./environment/render-service.ts";
import type { ErrorKey } from "./environment/sentry-key.ts";
import type { Shared } from "./shared-parts.ts";

/** The same before the engine knows the values. */
export type Declared<T> = [T] extends [object | undefined]
  ? { [Key in keyof T]: Declared<T[Key]> } | Extract<T, undefined>
  : Input<T>;

/** What exists of an environment; a part that is `off` is undefined. */
export interface EnvironmentParts {
  readonly image: DeployedImage | undefined;
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
    ...(image && {
      image: { repository: image.repository, tag: image.tag, reference: image.reference, digest: image.digest },
    }),
    ...(errors && key && { errors: { project: errors.project, dsn: key.dsn } }),
    ...(site && { site: { id: site.serviceId, url: site.url, deployId: site.deployId } }),
    ...(offers && { shared: offered }),
  };
}
