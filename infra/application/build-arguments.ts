/** The build arguments of this project's Dockerfile, as the application's files tell them. */
import { readFileSync } from "node:fs";
import { dockerfilePath, dockerfileText } from "../../lib/dockerfile.ts";
import { inProject } from "../../lib/project-folder.ts";
import { deliveryOf } from "../delivery.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import { readApplicationFiles } from "./files.ts";
import { pythonArgument } from "./python-version.ts";

/** Values by name. */
export type Arguments = Readonly<Record<string, string>>;

/** What of a configuration decides them. */
interface Settings {
  readonly application: { readonly path: string; readonly settingsModule?: string | undefined };
  readonly image?:
    | {
        readonly delivery: string;
        readonly dockerfile?: string | undefined;
        readonly buildVariables: Arguments;
        readonly port: number;
      }
    | undefined;
  readonly pipeline?: { readonly pythonVersion?: string | undefined } | undefined;
}

/** An argument that only this project's Dockerfile has, and copies of it that a repository was given. */
const MARK = "PACKAGE_TOOL";

/**
 * The arguments for the configured Dockerfile: what its application's files tell, one Python for the image and the
 * pipeline, and the values with which the settings load. Empty where nothing is built, or there is no Dockerfile.
 */
export function configuredArguments(configuration: Settings): Arguments {
  const { application, image, pipeline } = configuration;
  const dockerfile = dockerfileText(configuration);
  if (!image || deliveryOf(image).builtBy === "others" || dockerfile === undefined) return {};
  const { settingsModule } = application;
  const facts = applicationFacts(readApplicationFiles(inProject(application.path)), settingsModule);
  return {
    ...pythonArgument(dockerfile, pipeline?.pythonVersion),
    ...detectedArguments(dockerfile, facts, { settingsModule, port: image.port }),
    ...(BUILD_VARIABLES in declaredArguments(dockerfile) && variablesArgument(image.buildVariables)),
  };
}

/** The argument with throw-away values, which is there in one command alone. */
export const BUILD_VARIABLES = "BUILD_VARIABLES";

/** Written as the shell takes them. */
function variablesArgument(variables: Arguments): Arguments {
  const words = Object.entries(variables).map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'`);
  return words.length > 0 ? { [BUILD_VARIABLES]: words.join(" ") } : {};
}

/** Whether a Dockerfile is this project's, or a copy of it. */
export function isOwnDockerfile(dockerfile: string): boolean {
  return MARK in declaredArguments(dockerfile);
}

/** The arguments that a Dockerfile declares, with their defaults. */
export function declaredArguments(dockerfile: string): Record<string, string> {
  const declared: Record<string, string> = {};
  for (const [, name = "", quoted, plain] of dockerfile.matchAll(
    /^\s*ARG\s+(\w+)(?:=(?:"((?:[^"\\\n]|\\.)*)"|(\S*)))?/gim,
  ))
    declared[name] ??= quoted ?? plain ?? "";
  return declared;
}

/** The Dockerfile for the application's repository: this project's takes what the files tell as its defaults. */
export function firstDockerfile(configuration: Settings): string {
  const path = dockerfilePath(configuration);
  const dockerfile = readFileSync(path, "utf8");
  if (path !== inProject("Dockerfile")) return dockerfile;
  return Object.entries(configuredArguments(configuration)).reduce(
    (text, [name, value]) =>
      text.replace(new RegExp(`^ARG ${name}(?:=.*)?$`, "m"), () => `ARG ${name}="${escaped(value)}"`),
    dockerfile,
  );
}

/** Text between double quotes in a Dockerfile. */
function escaped(value: string): string {
  return value.replaceAll(/[\\"$]/g, "\\$&");
}

/** Those of the arguments that the Dockerfile declares with another default. Any other Dockerfile gets none. */
export function detectedArguments(
  dockerfile: string,
  { installed, serving }: ApplicationFacts,
  configured: { readonly settingsModule?: string | undefined; readonly port?: number | undefined },
): Arguments {
  if (!isOwnDockerfile(dockerfile)) return {};
  const { tool, file, exportOptions } = installed;
  const { root, settings, wsgiModule, asgiModule, server, workerClass } = serving;
  const wanted = {
    PACKAGE_TOOL: tool,
    REQUIREMENTS: tool === "pip" ? file : undefined,
    EXPORT_OPTIONS: exportOptions,
    MANAGE_FOLDER: root,
    DJANGO_SETTINGS_MODULE: configured.settingsModule,
    // Without Django's application for static files there is no such command.
    COLLECTSTATIC: settings.isWhole && !settings.has(STATIC_FILES) ? "off" : undefined,
    SERVER: server,
    WSGI_MODULE: wsgiModule,
    ASGI_MODULE: asgiModule,
    WORKER_CLASS: workerClass,
    PORT: configured.port === undefined ? undefined : String(configured.port),
  };
  const declared = declaredArguments(dockerfile);
  return Object.fromEntries(
    Object.entries(wanted).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && entry[0] in declared && declared[entry[0]] !== entry[1],
    ),
  );
}

/** Django's application that collects static files. */
export const STATIC_FILES = /django\.contrib\.staticfiles/;
