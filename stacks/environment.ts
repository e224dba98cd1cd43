/** What exists once per environment. */
import type { Configuration } from "../infra/config.ts";
import type { BuildContext } from "../infra/environment/build-context.ts";
import { CiContext } from "../infra/environment/circleci-context.ts";
import { AppImage } from "../infra/environment/docker-image.ts";
import { Site } from "../infra/environment/render-service.ts";
import { ErrorKey } from "../infra/environment/sentry-key.ts";
import type { Shared } from "./shared.ts";

/** The environment's parts; a part that is `off` is undefined. */
export interface Environment {
  readonly image: AppImage | undefined;
  readonly key: ErrorKey | undefined;
  readonly context: CiContext | undefined;
  readonly site: Site | undefined;
}

/** Declares the parts of the environment that are on. */
export function declareEnvironment(
  configuration: Configuration,
  shared: Shared,
  buildContext: BuildContext | undefined,
): Environment {
  const { environment, errors, pipeline, protect, secretVariables, site } = configuration;
  const kept = { protect, retainOnDelete: protect };

  const key =
    errors && shared.errors
      ? new ErrorKey("errors-key", { environment, of: shared.errors, rateLimit: errors.rateLimit }, kept)
      : undefined;
  const dsn = key?.dsn;
  const image =
    configuration.image && buildContext
      ? new AppImage("image", { settings: configuration.image, context: buildContext })
      : undefined;
  const context =
    pipeline && shared.pipelineFile && pipeline.context === "on"
      ? new CiContext("context", {
          ...pipeline,
          names: shared.pipelineFile.contextVariables,
          values: { SENTRY_DSN: dsn, SENTRY_ENVIRONMENT: environment },
        })
      : undefined;
  const credentialId = shared.hosting?.credentialId;
  const siteArgs = { environment, credentialId, dsn, secretVariables };
  return {
    image,
    key,
    context,
    site:
      site && image
        ? new Site(
            "site",
            { ...siteArgs, settings: site, image: image.reference, release: image.tag },
            { ...kept, dependsOn: image },
          )
        : undefined,
  };
}
