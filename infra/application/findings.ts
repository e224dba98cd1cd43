/** What an application's files lack for its image and its delivery: told before anything is made, with its one-line fix. */
import { existsSync } from "node:fs";
import { join } from "node:path/posix";
import type { Problem } from "../../lib/configuration-problems.ts";
import { dockerfileText } from "../../lib/dockerfile.ts";
import { inProject } from "../../lib/project-folder.ts";
import { deliveryOf } from "../delivery.ts";
import { isOwnDockerfile } from "./build-arguments.ts";
import { doubts } from "./doubts.ts";
import type { ApplicationSettings, Examined } from "./examined.ts";
import { applicationFacts } from "./facts.ts";
import { readApplicationFiles } from "./files.ts";
import { missingParts, wrongPython } from "./missing-parts.ts";
import { moduleFile } from "./settings-source.ts";

/** What was found. */
export interface ApplicationFindings {
  /** What would fail for certain. */
  readonly problems: readonly Problem[];
  /** What mostly fails, or has no effect. */
  readonly warnings: readonly Problem[];
}

const NOTHING: ApplicationFindings = { problems: [], warnings: [] };

/** Reads the application and its Dockerfile. Nothing is found where no image is built from them, or they are not there. */
export function applicationFindings(configuration: ApplicationSettings): ApplicationFindings {
  const { application, declares, image } = configuration;
  const folder = inProject(application.path);
  const dockerfile = dockerfileText(configuration);
  if (!image || deliveryOf(image).builtBy === "others" || declares === "shared") return NOTHING;
  if (!existsSync(folder) || dockerfile === undefined) return NOTHING;
  const files = readApplicationFiles(folder);
  const facts = applicationFacts(files, application.settingsModule);
  const { root = "." } = facts.serving;
  const { settingsModule } = application;
  const hasConfiguredSettings =
    settingsModule === undefined ||
    moduleFile(files, root, settingsModule) !== undefined ||
    // A package of another's.
    !files.paths.some((file) => file.startsWith(join(root, `${settingsModule.split(".")[0]}/`)));
  return findingsOf({ configuration, facts, dockerfile, hasConfiguredSettings });
}

/** The findings, without reading anything. A Dockerfile of the team's own is its own business: of that nothing is refused. */
export function findingsOf(examined: Examined): ApplicationFindings {
  const python = [...wrongPython(examined)];
  const warnings = [...doubts(examined)];
  return isOwnDockerfile(examined.dockerfile)
    ? { problems: [...missingParts(examined), ...python], warnings }
    : { problems: [], warnings: [...python, ...warnings] };
}
