/** The pipeline's last job: build the commit's image, push it, deploy it, and tell Sentry. Its scripts are in steps/. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import circleci from "@circleci/circleci-config-sdk";
import { COMMON_PATTERNS } from "../lib/context/context-rules.ts";
import { registryOf } from "../providers/kit/image-reference.ts";
import { shellText } from "./shell-text.ts";

const { Job, commands } = circleci;

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

/** The Sentry project that a release is registered with, by its slugs. */
export interface ReleaseProject {
  readonly organization: string;
  readonly project: string;
}

/** Where the job finds things. */
export interface DeliveryPlaces {
  /** Path of the Dockerfile from the application's folder, by default the one that lies there. */
  readonly dockerfile?: string | undefined;
  /** Address of a Sentry of one's own. */
  readonly sentryAddress?: string | undefined;
}

/** Who the job's requests say that they come from; GitHub for one refuses those that do not say. */
const SENDER = `delivery/${JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")).version}`;

/** The tokens that the pipeline works with: its own, else those of whoever runs the engine. */
export function pipelineTokens(environment: NodeJS.ProcessEnv) {
  return {
    RENDER_API_KEY: environment["CI_RENDER_API_KEY"] ?? environment["RENDER_API_KEY"],
    SENTRY_AUTH_TOKEN: environment["CI_SENTRY_AUTH_TOKEN"] ?? environment["SENTRY_AUTH_TOKEN"],
  };
}

/**
 * The address at which the job reaches Sentry: the pipeline's own, else that of whoever runs the engine. Undefined for
 * sentry.io.
 */
export function pipelineSentryAddress(environment: NodeJS.ProcessEnv): string | undefined {
  const address = environment["CI_SENTRY_BASE_URL"] || environment["SENTRY_BASE_URL"];
  if (!address || !URL.canParse(address) || new URL(address).hostname === "sentry.io") return undefined;
  // The plugin's ends with /api/, which a script adds by itself.
  return address.replace(/\/+$/, "").replace(/\/api$/, "");
}

/** What the job shares with the others of its file. */
export interface JobSurroundings {
  readonly executor: circleci.types.job.AnyExecutor;
  /** The step that brings the application's folder. */
  readonly checkout: circleci.commands.Checkout;
  /** Settings of each job. */
  readonly properties: { readonly working_directory?: string };
}

/** The job, for images of these settings. */
export function deliveryJob(
  { executor, checkout, properties }: JobSurroundings,
  image: DeliveredImage,
  errors: ReleaseProject | undefined,
  { dockerfile = "Dockerfile", sentryAddress }: DeliveryPlaces,
) {
  const environment = {
    IMAGE_REPOSITORY: image.repository,
    REGISTRY: registryOf(image.repository),
    DELIVERY_SENDER: SENDER,
    // The rules of `pulumi up`, so that both make the same image of a commit.
    IGNORE_FIRST: COMMON_PATTERNS.before.join(" "),
    IGNORE_BY_DEFAULT: COMMON_PATTERNS.byDefault.join(" "),
    IGNORE_LAST: COMMON_PATTERNS.behind.join(" "),
    ...(dockerfile !== "Dockerfile" && { DOCKERFILE: dockerfile }),
    ...(image.target && { BUILD_TARGET: image.target }),
    ...(errors && { SENTRY_ORG: errors.organization, SENTRY_PROJECT: errors.project }),
    ...(errors && sentryAddress && { SENTRY_BASE_URL: sentryAddress }),
  };
  const steps = [
    checkout,
    new commands.SetupRemoteDocker({ version: "default" }),
    script("Build and push the image", "build-and-push.sh", {}, buildOptions(image)),
    script("Deploy it and wait until it serves", "deploy.sh", { no_output_timeout: "35m" }),
    ...(errors ? [script("Register the release", "register-release.sh")] : []),
  ];
  return new Job("deliver", executor, steps, { ...properties, environment });
}

function buildOptions({ platforms, buildArguments, labels, cache }: DeliveredImage): string[] {
  return [
    ...["--platform", platforms.join(",")],
    ...Object.entries(buildArguments).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    ...Object.entries(labels).flatMap(([name, value]) => ["--label", `${name}=${value}`]),
    ...(cache ? [`--cache-from=type=registry,ref=${cache}`, `--cache-to=${kept(cache)}`] : []),
  ];
}

/** A release does not fail because its layers could not be kept. */
function kept(cache: string): string {
  return `type=registry,mode=max,ignore-error=true,ref=${cache}`;
}

/** CircleCI ends a step that says nothing for ten minutes, unless told otherwise. */
interface StepSettings {
  readonly no_output_timeout?: string;
}

/** A step that runs a script of steps/; the pipeline's file holds its text. */
function script(name: string, file: string, how: StepSettings = {}, options: readonly string[] = []) {
  const text = readFileSync(join(import.meta.dirname, "steps", file), "utf8").trimEnd();
  const command = options.length > 0 ? `set -- ${options.map(quoted).join(" ")}\n${text}` : text;
  return new commands.Run({ name, ...how, command });
}

/** A word as the shell and CircleCI leave it alone. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${shellText(word.replaceAll("'", `'\\''`))}'`;
}
