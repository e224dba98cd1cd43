/** Options that several commands of the sandbox share, and their meaning. */
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ContainerEngineKind } from "../docker/index.ts";
import type { PluginChoice } from "../engine-home.ts";
import { cacheDir, defaultStateDir } from "../paths.ts";
import { type ServicePorts, servicePortNames } from "../services/core/ports.ts";
import type { WorldOptions } from "../world.ts";

/** What the shared options were set to. */
export interface SharedOptions {
  readonly state: string;
  readonly plugins: PluginChoice;
  readonly port: ServicePorts;
  readonly rawTraffic: boolean;
  readonly rateLimits: boolean;
  readonly containerEngine?: ContainerEngineKind;
}

/** Adds the options that say how a world is opened, and whose plugins run in it. */
export function addSharedOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--state <folder>", "folder of the sandbox's state").default(defaultStateDir).argParser(resolvePath),
    )
    .addOption(
      new Option("--plugins <whose>", "offline editions, or the vendors' own from PATH or the user's plugin folder")
        .choices(["offline", "installed"])
        .default("offline"),
    )
    .addOption(
      new Option(
        "--port <number>",
        `the console's port; \`name=number\` fixes another one, repeatable: ${servicePortNames.join(", ")}`,
      )
        .default({}, "those of the last time; at first free ones")
        .argParser(parsePort),
    )
    .option("--raw-traffic", "record secrets in the traffic as they are", false)
    .option("--rate-limits", "refuse what Render's rate limits do not allow; without it calls are only counted", false)
    .addOption(
      new Option("--container-engine <kind>", "which container engine to use (default: the best available)").choices([
        "machine",
        "private",
        "buildah",
      ]),
    );
}

/** The part of the options that opens a world. */
export function worldOptions(options: SharedOptions): Omit<WorldOptions, "progress"> {
  return {
    stateDir: options.state,
    cacheDir: cacheDir(),
    ports: options.port,
    rawTraffic: options.rawTraffic,
    rateLimits: options.rateLimits,
    runPipelines: true,
    ...(options.containerEngine && { containerEngine: options.containerEngine }),
  };
}

const resolvePath = (value: string): string => resolve(value);

function parsePort(value: string, previous: ServicePorts): ServicePorts {
  const [name = "", number = ""] = value.includes("=") ? value.split("=") : ["console", value];
  const port = Number(number);
  if (!servicePortNames.some((known) => known === name)) {
    throw new InvalidArgumentError(`"${name}" is none of ${servicePortNames.join(", ")}.`);
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError(`"${number}" is not a port; give a number from 1 to 65535.`);
  }
  return { ...previous, [name]: port };
}
