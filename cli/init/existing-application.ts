/** What the application's files tell for its stack's file, and what they lack: in the words of the preview and of `doctor`. */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { configuredArguments, isOwnDockerfile } from "../../infra/application/build-arguments.ts";
import { dockerfileFacts } from "../../infra/application/dockerfile-facts.ts";
import type { ApplicationSettings } from "../../infra/application/examined.ts";
import { applicationFacts } from "../../infra/application/facts.ts";
import { readApplicationFiles } from "../../infra/application/files.ts";
import { applicationFindings } from "../../infra/application/findings.ts";
import { allowsPython, nearestAllowed } from "../../infra/application/python-requirement.ts";
import { pythonOf } from "../../infra/application/python-version.ts";
import { applicationSummary } from "../../infra/application/summary.ts";
import { dockerfileText } from "../../lib/dockerfile.ts";
import { projectRoot } from "../../lib/project-folder.ts";
import { type Answers, OFF, offParts } from "./questions.ts";

/** What follows from the files. */
export interface ExistingApplication {
  /** Settings by the key below `delivery:`. */
  readonly settings: ReadonlyMap<string, unknown>;
  /** What a person should know of them. */
  readonly notes: readonly string[];
}

const SETTINGS_MODULE = "application.settingsModule";
const PYTHON = "pipeline.pythonVersion";
const PORT = "image.port";
const BUILD_VARIABLES = "image.buildVariables.";

/**
 * Reads the files. Nothing is told of a folder that is not there yet.
 * @param folder the folder from which `application.path` starts.
 */
export function existingApplication(folder: string, answers: Answers): ExistingApplication {
  const place = resolve(folder, answers["application.path"] ?? "");
  if (!existsSync(place)) return { settings: new Map(), notes: [] };
  const path = relative(projectRoot, place);
  const dockerfile = dockerfileText({ application: { path } }) ?? "";
  const off = offParts({ [OFF]: answers[OFF] ?? "" });
  const found = off.includes("pipeline")
    ? foundIn(place, dockerfile)
    : [...foundIn(place, dockerfile), ...pythonOfFiles(place, dockerfile)];
  const settings = new Map(found.filter(([key]) => answers[key] === undefined));
  const configuration = configurationOf(path, new Map<string, unknown>([...Object.entries(answers), ...settings]), off);
  const { problems, warnings } = applicationFindings(configuration);
  const summary = applicationSummary(configuration);
  return {
    settings,
    notes: [
      ...(summary ? [`The application: ${summary}.`] : []),
      ...[...problems, ...warnings].map(({ key, problem, mend }) => `${key} ${problem}: ${mend}`),
    ],
  };
}

function foundIn(place: string, dockerfile: string): (readonly [key: string, value: unknown])[] {
  if (!isOwnDockerfile(dockerfile)) {
    const { port } = dockerfileFacts(dockerfile);
    return port === undefined || port === 8000 ? [] : [[PORT, port]];
  }
  const { settingsModule, serving } = applicationFacts(readApplicationFiles(place));
  const isOther = settingsModule && serving.settingsModule && serving.settingsModule !== settingsModule;
  return isOther ? [[SETTINGS_MODULE, serving.settingsModule]] : [];
}

/** Another Python than the Dockerfile's, where the application asks for one. */
function pythonOfFiles(place: string, dockerfile: string): (readonly [key: string, value: unknown])[] {
  const { python } = applicationFacts(readApplicationFiles(place));
  const version = pythonOf(dockerfile);
  if (!isOwnDockerfile(dockerfile) || !python || !version || allowsPython(python, version)) return [];
  const wanted = nearestAllowed(python, version);
  return wanted ? [[PYTHON, wanted]] : [];
}

function configurationOf(
  path: string,
  values: ReadonlyMap<string, unknown>,
  off: readonly string[],
): ApplicationSettings {
  const text = (key: string): string | undefined => (values.has(key) ? String(values.get(key)) : undefined);
  const settings = {
    application: { path, settingsModule: text(SETTINGS_MODULE) },
    image: {
      delivery: text("image.delivery") ?? "build",
      dockerfile: text("image.dockerfile"),
      buildVariables: Object.fromEntries(
        [...values]
          .filter(([key]) => key.startsWith(BUILD_VARIABLES))
          .map(([key, value]) => [key.slice(BUILD_VARIABLES.length), String(value)]),
      ),
      port: Number(text(PORT) ?? 8000),
    },
    pipeline: off.includes("pipeline") ? undefined : { pythonVersion: text(PYTHON) },
    site: off.includes("site") ? undefined : { hosts: [] },
  };
  return { ...settings, image: { ...settings.image, buildArguments: configuredArguments(settings) } };
}
