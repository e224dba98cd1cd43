/** The contract of the stack's outputs: what other teams and programs may rely on. It carries no secret. */
import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import type { Configuration } from "./config.ts";
import type { CiContext } from "./environment/circleci-context.ts";
import type { AppImage } from "./environment/docker-image.ts";
import type { Site } from "./environment/render-service.ts";
import type { ErrorKey } from "./environment/sentry-key.ts";
import type { CiProject } from "./shared/circleci-project.ts";
import type { SourceRepository } from "./shared/github-repository.ts";
import type { ErrorProject } from "./shared/sentry-project.ts";

/** Raised when a field is removed or narrowed; an added field keeps it. */
const CONTRACT_VERSION = 1;

const text = (description: string) => z.string().describe(description);
const url = (description: string) => z.url().describe(description);

/** Outputs of a stack, version 1. A part that is `off` is absent. */
export const outputsSchema = z.strictObject({
  contractVersion: z.literal(CONTRACT_VERSION).describe("Version of this contract"),
  application: text("Name of the application"),
  environment: text("Name of the environment"),
  repository: z.strictObject({ url: url("Page of the repository"), fullName: text("owner/name") }).optional(),
  pipeline: z
    .strictObject({
      slug: text("CircleCI's slug of the project, e.g. gh/acme/site"),
      context: text("Name of the CircleCI context that holds the environment's variables").optional(),
    })
    .optional(),
  image: z
    .strictObject({
      repository: text("Repository in the registry, without a tag"),
      tag: text("Tag that is deployed; never used again for other content"),
      reference: text("repository:tag"),
      digest: text("Digest of the manifest, sha256:..."),
    })
    .optional(),
  errors: z
    .strictObject({
      project: text("Slug of the Sentry project"),
      dsn: url("Where the application sends its errors; public by design"),
    })
    .optional(),
  site: z
    .strictObject({
      id: text("Id of the Render service, srv-..."),
      url: url("Where the site answers"),
      deployId: text("Id of the newest deploy, dep-...").optional(),
    })
    .optional(),
});

/** The outputs as a consumer reads them. */
export type Outputs = z.infer<typeof outputsSchema>;

/** The same before the engine knows the values. */
export type Declared<T> = [T] extends [object | undefined]
  ? { [Key in keyof T]: Declared<T[Key]> } | Extract<T, undefined>
  : Input<T>;

/** What a stack declares; a part that is `off` is undefined. */
export interface Parts {
  readonly repository: SourceRepository | undefined;
  readonly pipeline: CiProject | undefined;
  readonly errors: ErrorProject | undefined;
  readonly image: AppImage | undefined;
  readonly key: ErrorKey | undefined;
  readonly context: CiContext | undefined;
  readonly site: Site | undefined;
}

/** The outputs of a stack that declares `parts`. */
export function outputs(configuration: Configuration, parts: Parts): Declared<Outputs> {
  const { repository, pipeline, errors, image, key, context, site } = parts;
  // A part that is off is left out: the engine warns of an output that is undefined.
  return {
    contractVersion: CONTRACT_VERSION,
    application: configuration.application.name,
    environment: configuration.environment,
    ...(repository && { repository: { url: repository.url, fullName: repository.fullName } }),
    ...(pipeline && { pipeline: { slug: pipeline.slug, ...(context && { context: context.contextName }) } }),
    ...(image && {
      image: { repository: image.repository, tag: image.tag, reference: image.reference, digest: image.digest },
    }),
    ...(errors && key && { errors: { project: errors.project, dsn: key.dsn } }),
    ...(site && { site: { id: site.serviceId, url: site.url, deployId: site.deployId } }),
  };
}
