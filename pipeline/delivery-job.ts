/** The pipeline's last job: build the commit's image, push it, deploy it, and tell Sentry. Its scripts are in steps/. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import circleci from "@circleci/circleci-config-sdk";
import { registryAddress } from "../lib/image-registry.ts";

const { Job, commands } = circleci;

/** A variable that the job takes from its context. */
export type DeliveryVariableName =
  | "REGISTRY_USERNAME"
  | "REGISTRY_PASSWORD"
  | "RENDER_API_KEY"
  | "RENDER_SERVICE_ID"
  | "SENTRY_AUTH_TOKEN"
  | "DELIVERY_HOLD";

/** The image's settings, as far as a build by CircleCI goes by them. */
export interface DeliveredImage {
  readonly repository: string;
  /** Login at the registry; undefined for one that needs none. */
  readonly username?: string | undefined;
  /** Whether the job deploys nothing for now. */
  readonly hold: boolean;
  readonly platforms: readonly string[];
  readonly target?: string | undefined;
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly cache?: string | undefined;
}

/** Slugs of the Sentry project that a release is registered with. */
export interface ReleaseProject {
  readonly organization: string;
  readonly project: string;
}

/** Names of the variables that the job takes from its context. */
export function deliveryVariables(
  { username, hold }: DeliveredImage,
  errors: ReleaseProject | undefined,
): readonly DeliveryVariableName[] {
  return [
    "RENDER_API_KEY",
    "RENDER_SERVICE_ID",
    ...(username ? (["REGISTRY_USERNAME", "REGISTRY_PASSWORD"] as const) : []),
    ...(errors ? (["SENTRY_AUTH_TOKEN"] as const) : []),
    // While it is there, the job deploys nothing.
    ...(hold ? (["DELIVERY_HOLD"] as const) : []),
  ];
}

/** The tokens that the pipeline works with: its own, else those of whoever runs the engine. */
export function pipelineTokens(environment: NodeJS.ProcessEnv) {
  return {
    RENDER_API_KEY: environment["CI_RENDER_API_KEY"] ?? environment["RENDER_API_KEY"],
    SENTRY_AUTH_TOKEN: environment["CI_SENTRY_AUTH_TOKEN"] ?? environment["SENTRY_AUTH_TOKEN"],
  };
}

/** The job, for images of these settings. */
export function deliveryJob(
  executor: circleci.executors.DockerExecutor,
  image: DeliveredImage,
  errors: ReleaseProject | undefined,
) {
  const environment = {
    IMAGE_REPOSITORY: image.repository,
    REGISTRY: registryAddress(image.repository),
    ...(image.target && { BUILD_TARGET: image.target }),
    ...(errors && { SENTRY_ORG: errors.organization, SENTRY_PROJECT: errors.project }),
  };
  const steps = [
    new commands.Checkout(),
    new commands.SetupRemoteDocker({ version: "default" }),
    script("Build and push the image", "build-and-push.sh", buildOptions(image)),
    script("Deploy it and wait until it serves", "deploy.sh"),
    ...(errors ? [script("Register the release", "register-release.sh")] : []),
  ];
  return new Job("deliver", executor, steps, { environment });
}

function buildOptions({ platforms, buildArguments, labels, cache }: DeliveredImage): string[] {
  return [
    ...["--platform", platforms.join(",")],
    ...Object.entries(buildArguments).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    ...Object.entries(labels).flatMap(([name, value]) => ["--label", `${name}=${value}`]),
    ...(cache ? [`--cache-from=type=registry,ref=${cache}`, `--cache-to=type=registry,mode=max,ref=${cache}`] : []),
  ];
}

/** A step that runs a script of steps/; the pipeline's file holds its text. */
function script(name: string, file: string, options: readonly string[] = []) {
  const text = readFileSync(join(import.meta.dirname, "steps", file), "utf8").trimEnd();
  const command = options.length > 0 ? `set -- ${options.map(quoted).join(" ")}\n${text}` : text;
  return new commands.Run({ name, command });
}

/** A word as the shell and CircleCI, which takes `<<` for its own, leave it alone. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`).replaceAll("<<", "\\<<")}'`;
}
