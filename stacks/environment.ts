/** What exists once per environment. */
import type { Input } from "@pulumi/pulumi";
import type { Configuration } from "../infra/config.ts";
import { deliveryOf } from "../infra/delivery.ts";
import { CiContext } from "../infra/environment/circleci-context.ts";
import { deployedImage } from "../infra/environment/deployed-image.ts";
import { AppImage } from "../infra/environment/docker-image.ts";
import type { ImageSource } from "../infra/environment/image-source.ts";
import { Site } from "../infra/environment/render-service.ts";
import { ErrorKey } from "../infra/environment/sentry-key.ts";
import type { EnvironmentParts } from "../infra/outputs.ts";
import type { PipelineFile } from "../infra/shared/circleci-config-yml.ts";
import type { Shared } from "../infra/shared-parts.ts";
import type { VariableAt } from "../infra/variables.ts";
import { pipelineTokens } from "../pipeline/delivery-job.ts";

/** Declares the parts of the environment that are on; the context holds what the pipeline's file takes from it. */
export function declareEnvironment(
  configuration: Configuration,
  shared: Shared,
  source: ImageSource | undefined,
  file: PipelineFile | undefined,
): EnvironmentParts {
  const { application, environment, pipeline, protect, secretVariables } = configuration;
  const { cache, database, errors, image: settings, site: siteSettings } = configuration;
  const kept = { protect, retainOnDelete: protect };

  const of = errors && shared.errors;
  const key = of && new ErrorKey("errors-key", { environment, of, rateLimit: errors.rateLimit }, kept);
  const { builtBy, tagOwner } = deliveryOf(settings ?? {});
  const image = settings && source && new AppImage("image", { settings, source });
  const site =
    siteSettings &&
    image &&
    new Site(
      "site",
      {
        settings: siteSettings,
        environment,
        port: settings.port,
        settingsModule: application.settingsModule,
        image: image.reference,
        // What CircleCI builds knows its own release.
        release: builtBy === "pipeline" ? undefined : image.tag,
        imageManagement: tagOwner === "pipeline" ? "external" : "declared",
        projectId: siteSettings.project === "off" ? undefined : shared.hosting?.projectId,
        credentialId: shared.hosting?.credentialId,
        dsn: key?.dsn,
        secretVariables,
        database,
        cache,
      },
      { ...kept, dependsOn: image },
    );
  const { organization, context: contextName, contextVariables, restrictContext } = pipeline ?? {};
  const onlyProject = restrictContext ? shared.pipeline?.projectId : undefined;
  const names = contextVariables === "managed" && file ? file.contextVariables : [];
  const values: Readonly<Record<VariableAt<"context">, Input<string> | undefined>> = {
    SENTRY_DSN: key?.dsn,
    SENTRY_ENVIRONMENT: environment,
    RENDER_SERVICE_ID: site?.serviceId,
    REGISTRY_USERNAME: settings?.username,
    REGISTRY_PASSWORD: settings?.password,
    DELIVERY_HOLD: settings?.tag,
    ...pipelineTokens(process.env),
  };
  // Never protected: it holds nothing that cannot be made again, and a variable that the pipeline no longer takes has to go.
  const context =
    organization && contextName
      ? new CiContext("context", { contextName, organization, onlyProject, names, values })
      : undefined;
  return { key, image: image && deployedImage(image, site), site, context };
}
