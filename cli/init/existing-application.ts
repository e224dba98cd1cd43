/** What the application's files tell for its stack's file. */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { isOwnDockerfile } from "../../infra/application/build-arguments.ts";
import { dockerfileFacts } from "../../infra/application/dockerfile-facts.ts";
import { applicationFacts } from "../../infra/application/facts.ts";
import { readApplicationFiles } from "../../infra/application/files.ts";
import { allowsPython, nearestAllowed } from "../../infra/application/python-requirement.ts";
import { pythonOf } from "../../infra/application/python-version.ts";
import { dockerfileText } from "../../lib/dockerfile.ts";
import { projectRoot } from "../../lib/project-folder.ts";
import { type Answers, OFF, offParts } from "./questions.ts";

const SETTINGS_MODULE = "application.settingsModule";
const PYTHON = "pipeline.pythonVersion";
const PORT = "image.port";

/**
 * Reads the files: settings by the key below `delivery:`. Nothing follows from a folder that is not there yet.
 * @param folder the folder from which `application.path` starts.
 */
export function existingApplication(folder: string, answers: Answers): ReadonlyMap<string, unknown> {
  const place = resolve(folder, answers["application.path"] ?? "");
  if (!existsSync(place)) return new Map();
  const path = relative(projectRoot, place);
  const dockerfile = dockerfileText({ application: { path } }) ?? "";
  const off = offParts({ [OFF]: answers[OFF] ?? "" });
  const found = off.includes("pipeline")
    ? foundIn(place, dockerfile)
    : [...foundIn(place, dockerfile), ...pythonOfFiles(place, dockerfile)];
  return new Map(found.filter(([key]) => answers[key] === undefined));
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
