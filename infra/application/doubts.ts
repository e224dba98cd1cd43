/** What will mostly not work, though nothing fails for certain. */
import { join } from "node:path/posix";
import { type Problem, setCommand } from "../../lib/configuration-problems.ts";
import { declaredArguments, isOwnDockerfile } from "./build-arguments.ts";
import { dockerfileFacts } from "./dockerfile-facts.ts";
import { type Examined, quoted } from "./examined.ts";
import { environmentLine } from "./settings-lines.ts";
import { unsetVariables } from "./variables-read.ts";

/** Each doubt, with what dispels it. */
export function* doubts(examined: Examined): Generator<Problem> {
  yield* hosts(examined);
  yield* secretKey(examined);
  yield* debug(examined);
  yield* unsetVariables(examined);
  yield* isOwnDockerfile(examined.dockerfile) ? ofDependencies(examined) : ofTeamsDockerfile(examined);
}

function* ofDependencies({ configuration, facts, dockerfile }: Examined): Generator<Problem> {
  const { application, image } = configuration;
  const base = image?.buildArguments["PYTHON_IMAGE"] ?? declaredArguments(dockerfile)["PYTHON_IMAGE"] ?? "";
  const file = join(application.path, facts.installed.file ?? "");
  const { tool, names, usesFolder } = facts.installed;
  if (tool === "pyproject" && [...names].some((name) => facts.declared.get(name) === undefined))
    yield {
      key: file,
      problem: "has no lock file beside it, so one tree is built with other versions on another day",
      mend: `cd ${quoted(application.path)} && uv lock`,
    };
  if (usesFolder)
    yield {
      key: file,
      problem: "installs a folder of the repository, which is not there while the image's dependencies are installed",
      mend: "Name an archive or a package in its place, or give the application a Dockerfile of its own.",
    };
  if (!facts.installed.usesGit || !base.includes("-slim")) return;
  const key = "delivery:image.buildArguments.PYTHON_IMAGE";
  yield {
    key: file,
    problem: "installs something by git, which slim images do not have",
    mend: `${setCommand(key, base.replace("-slim", ""))}   (or name an archive in the place of the git address)`,
  };
}

/** Render's health check asks by the site's own name, which Django refuses unless it is among the allowed hosts. */
function* hosts({ configuration, facts, dockerfile }: Examined): Generator<Problem> {
  const { settings } = facts.serving;
  if (!configuration.site || !settings.isWhole) return;
  const key = join(configuration.application.path, settings.file ?? "");
  if (/RENDER_EXTERNAL_HOSTNAME/.test(isOwnDockerfile(dockerfile) ? "" : dockerfile)) return;
  if (configuration.site.hosts.some((host) => host.endsWith("onrender.com"))) return;
  if (settings.has(/RENDER_EXTERNAL_HOSTNAME|onrender\.com|ALLOWED_HOSTS\s*=\s*\[\s*["']\*["']/)) return;
  if (!isOwnDockerfile(dockerfile))
    yield {
      key,
      problem: "does not allow the host RENDER_EXTERNAL_HOSTNAME, by which Render's health check asks",
      mend: environmentLine(settings, 'ALLOWED_HOSTS += [os.environ.get("RENDER_EXTERNAL_HOSTNAME", "localhost")]'),
    };
  else if (!settings.has(/DJANGO_ALLOWED_HOSTS/))
    yield {
      key,
      problem: "does not read DJANGO_ALLOWED_HOSTS, where the image's start adds Render's name for the site",
      mend: environmentLine(
        settings,
        // Without the variable the development server still answers.
        'ALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")',
      ),
    };
}

/** Render makes the key, or the stack's file holds it; either way the site gets it in this variable. */
function* secretKey({ configuration, facts }: Examined): Generator<Problem> {
  const { settings } = facts.serving;
  const { application, site } = configuration;
  if (!site || site.secretKey === "keep" || !settings.isWhole || settings.has(/DJANGO_SECRET_KEY/)) return;
  yield {
    key: join(application.path, settings.file ?? ""),
    problem: "does not read DJANGO_SECRET_KEY, in which the site gets its key",
    mend: environmentLine(settings, 'SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]'),
  };
}

/** "Deployment checklist", DEBUG: an error page then shows source, settings and local variables to any visitor. */
function* debug({ configuration, facts }: Examined): Generator<Problem> {
  const { settings } = facts.serving;
  const values = settings.assignedTo("DEBUG");
  // A second assignment may be one that depends on the environment.
  if (!configuration.site || values.length === 0 || values.some((value) => value !== "True")) return;
  yield {
    key: join(configuration.application.path, settings.file ?? ""),
    problem: "sets DEBUG to True, so an error shows source and variables to every visitor",
    mend: environmentLine(settings, 'DEBUG = os.environ.get("DJANGO_DEBUG") == "1"'),
  };
}

function* ofTeamsDockerfile({ configuration, dockerfile }: Examined): Generator<Problem> {
  const { image } = configuration;
  const { port } = dockerfileFacts(dockerfile);
  const key = "delivery:image.port";
  if (image && port !== undefined && port !== image.port)
    yield {
      key,
      problem: `is ${image.port}, and the Dockerfile says that the image listens on ${port}`,
      mend: setCommand(key, String(port)),
    };
  if (image && Object.keys(image.buildVariables).length > 0 && !("BUILD_VARIABLES" in declaredArguments(dockerfile)))
    yield {
      key: "delivery:image.buildVariables",
      problem: "reach no command: the Dockerfile declares no ARG BUILD_VARIABLES",
      mend: 'Add ARG BUILD_VARIABLES="" to it, and eval "$BUILD_VARIABLES" before collectstatic.',
    };
}
