/** In a sentence what is known of an application and its image. */
import { dockerfileText } from "../../lib/dockerfile.ts";
import { inProject } from "../../lib/project-folder.ts";
import { isOwnDockerfile } from "./build-arguments.ts";
import { dockerfileFacts } from "./dockerfile-facts.ts";
import type { ApplicationSettings } from "./examined.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import { readApplicationFiles } from "./files.ts";
import { pythonOf } from "./python-version.ts";

/** The sentence, for a folder and the Dockerfile that builds it; undefined when there is no Dockerfile. */
export function applicationSummary(configuration: ApplicationSettings): string | undefined {
  const { application, image } = configuration;
  const dockerfile = dockerfileText(configuration);
  if (dockerfile === undefined) return undefined;
  const python = pythonOf(dockerfile, image?.buildArguments);
  const ending = python ? [`Python ${python}`] : [];
  if (!isOwnDockerfile(dockerfile)) return [...ofDockerfile(dockerfile), ...ending].join(", ");
  const facts = applicationFacts(readApplicationFiles(inProject(application.path)), application.settingsModule);
  return [...ofFacts(facts, image?.buildArguments ?? {}, application.settingsModule), ...ending].join(", ");
}

function ofFacts(
  { installed, manage, serving, settingsModule }: ApplicationFacts,
  given: Readonly<Record<string, string>>,
  configured: string | undefined,
): string[] {
  const tool = given["PACKAGE_TOOL"] ?? installed.tool;
  const file = tool === "pip" ? (given["REQUIREMENTS"] ?? installed.file) : undefined;
  const server = given["SERVER"] ?? serving.server;
  const module = given["ASGI_MODULE"] ?? serving.asgiModule ?? given["WSGI_MODULE"] ?? serving.wsgiModule;
  const settings = configured ?? serving.settingsModule ?? settingsModule;
  return [
    tool
      ? `dependencies by ${tool === "pyproject" ? "pyproject.toml" : tool}${file ? ` (${file})` : ""}`
      : "no dependencies",
    ...(server && module ? [`${server} serves ${module}`] : []),
    ...(settings ? [`settings ${settings}`] : []),
    ...(manage && manage !== "manage.py" ? [`manage.py in ${serving.root}`] : []),
  ];
}

function ofDockerfile(dockerfile: string): string[] {
  const { port, command, collectsStatic } = dockerfileFacts(dockerfile);
  return [
    "a Dockerfile of its own",
    ...(command ? [`which starts ${command}`] : []),
    port === undefined ? "names no single port" : `listens on ${port}`,
    collectsStatic ? "collects static files" : "collects no static files",
  ];
}
