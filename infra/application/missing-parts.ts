/** What the application lacks for an image by this project's Dockerfile. */
import { join } from "node:path/posix";
import { type Problem, setCommand } from "../../lib/configuration-problems.ts";
import { STATIC_FILES } from "./build-arguments.ts";
import { type Examined, quoted } from "./examined.ts";
import type { ApplicationFacts } from "./facts.ts";
import { allowsPython, nearestAllowed } from "./python-requirement.ts";
import { pythonOf } from "./python-version.ts";
import { staticRootLine } from "./settings-lines.ts";

/** Each part that the build or the start would fail without. */
export function* missingParts({ configuration, facts, hasConfiguredSettings }: Examined): Generator<Problem> {
  const { application, image } = configuration;
  const { installed, manage, serving, settingsModule: ofManage } = facts;
  const { settings, wsgiModule, asgiModule, server } = serving;
  const given = image?.buildArguments ?? {};
  const { path } = application;
  const at = (file: string): string => join(path, file);
  if (!manage) {
    const key = "delivery:application.path";
    yield { key, problem: `is no Django project: ${path} holds no manage.py`, mend: setCommand(key, "../site") };
    return;
  }
  if (!installed.tool && !given["PACKAGE_TOOL"] && !given["REQUIREMENTS"])
    yield {
      key: path,
      problem: "names no dependencies: it has no requirements.txt, uv.lock, poetry.lock, Pipfile or pyproject.toml",
      mend:
        serving.root === undefined || serving.root === "."
          ? `pip install ${asgiModule ? "uvicorn" : "gunicorn"} && pip freeze > ${quoted(at("requirements.txt"))}`
          : setCommand("delivery:application.path", at(serving.root)),
    };
  if (installed.lockCommand)
    yield {
      key: at(installed.file ?? ""),
      problem: "has no lock file beside it, which says what the image installs",
      mend: `cd ${quoted(path)} && ${installed.lockCommand}`,
    };
  if (installed.tool && !server && !given["SERVER"]) {
    const [wanted, problem] = asgiModule
      ? ["uvicorn", "names no server for ASGI, which channels asks for: uvicorn or daphne"]
      : ["gunicorn", "names no server: gunicorn, which serves the site"];
    yield { key: at(installed.file ?? ""), problem, mend: addCommand(path, installed, wanted) };
  }
  if (!wsgiModule && !asgiModule && !given["WSGI_MODULE"] && !given["ASGI_MODULE"]) {
    const key = "delivery:image.buildArguments.WSGI_MODULE";
    yield { key, problem: `is missing: ${path} holds no wsgi.py`, mend: setCommand(key, "config.wsgi") };
  }
  const key = "delivery:application.settingsModule";
  if (!hasConfiguredSettings)
    yield { key, problem: "names no module of the application", mend: setCommand(key, ofManage) };
  if (!application.settingsModule && serving.settingsModule && ofManage && serving.settingsModule !== ofManage) {
    const problem = `is missing: manage.py takes ${ofManage} by default, and the server ${serving.settingsModule}`;
    yield { key, problem, mend: setCommand(key, serving.settingsModule) };
  }
  const collects = settings.isWhole && settings.has(STATIC_FILES) && given["COLLECTSTATIC"] !== "off";
  if (collects && !settings.has(/\bSTATIC_ROOT\b/))
    yield {
      key: at(settings.file ?? ""),
      problem: "sets no STATIC_ROOT, the folder in which collectstatic puts the static files",
      mend: staticRootLine(settings),
    };
}

/** Adds a dependency with the tool that the team uses. */
function addCommand(path: string, { tool, file }: ApplicationFacts["installed"], name: string): string {
  if (tool === "pip") return `echo ${name} >> ${quoted(join(path, file ?? ""))}`;
  if (tool === "pyproject") return `Add "${name}" to project.dependencies.`;
  return `cd ${quoted(path)} && ${tool} ${tool === "pipenv" ? "install" : "add"} ${name}`;
}

/** A Python that the application does not run on. */
export function* wrongPython({ configuration, facts, dockerfile }: Examined): Generator<Problem> {
  const { application, image, pipeline } = configuration;
  const version = pythonOf(dockerfile, image?.buildArguments);
  if (!facts.python || !version || allowsPython(facts.python, version)) return;
  const wanted = nearestAllowed(facts.python, version) ?? "3.12";
  const { file, range } = facts.python;
  yield {
    key: join(application.path, file),
    problem: `asks for Python ${range}, and the image has ${version}`,
    mend: pipeline
      ? setCommand("delivery:pipeline.pythonVersion", wanted)
      : setCommand("delivery:image.buildArguments.PYTHON_IMAGE", `python:${wanted}-slim-bookworm`),
  };
}
