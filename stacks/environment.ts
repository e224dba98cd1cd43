/** What exists once per environment. */
import type { Configuration } from "../infra/config.ts";
import type { BuildContext } from "../infra/environment/build-context.ts";
import { CiContext } from "../infra/environment/circleci-context.ts";
import { AppImage } from "../infra/environment/docker-image.ts";
import { Site } from "../infra/environment/render-service.ts";
import { ErrorKey } from "../infra/environment/sentry-key.ts";
import type { Shared } from "./shared.ts";

/** Declares the parts of the environment that are on. */
export function declareEnvironment(configuration: Configuration, shared: Shared, buildContext?: BuildContext) {
  const { environment, pipeline, protect, secretVariables } = configuration;
  const kept = { protect, retainOnDelete: protect };

  const rateLimit = configuration.errors?.rateLimit;
  const key = shared.errors && new ErrorKey("errors-key", { environment, of: shared.errors, rateLimit }, kept);
  const image =
    configuration.image && buildContext && new AppImage("image", { settings: configuration.image, buildContext });
  const site =
    configuration.site &&
    image &&
    new Site(
      "site",
      {
        settings: configuration.site,
        environment,
        image: image.reference,
        release: image.tag,
        credentialId: shared.hosting?.credentialId,
        dsn: key?.dsn,
        secretVariables,
      },
      { ...kept, dependsOn: image },
    );
  const { organization, context: contextName } = pipeline ?? {};
  const names = shared.pipelineFile?.contextVariables ?? [];
  const values = { SENTRY_DSN: key?.dsn, SENTRY_ENVIRONMENT: environment };
  const context =
    organization && contextName
      ? new CiContext("context", { contextName, organization, names, values }, { protect })
      : undefined;
  return { key, image, site, context };
}
