/** What the pipeline checks: by default what the team checks itself, as its files tell; every part of it is a setting. */
import type { CheckPlan, PlannedJob, ShellStep } from "../../pipeline/check-jobs.ts";
import type { PackageTool } from "../application/dependencies.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import type { PartOf } from "../config.ts";
import { throwAwayValues, type VariableAt } from "../variables.ts";
import { serviceVariables } from "./service-containers.ts";

type Pipeline = Partial<Pick<PartOf<"pipeline">, "install" | "jobs" | "services" | "variables">>;
type Job = NonNullable<Pipeline["jobs"]>[string];

const SETTINGS = "DJANGO_SETTINGS_MODULE" satisfies VariableAt<"checks">;
/** For a team that configures a linter and pins no version of it. */
const LINTER_VERSIONS = { ruff: "0.17.6", flake8: "7.5.0" };
const DEFAULT_FILES = ["requirements.txt"];

/** The plan. */
export function checkPlan(
  { install, jobs = {}, services, variables }: Pipeline,
  settingsModule: string | undefined,
  facts: ApplicationFacts,
): CheckPlan {
  const inUse = { ...throwAwayValues(facts.serving.settings.required()), ...serviceVariables(services), ...variables };
  const usual = usualJobs(facts).map((job) =>
    job.name === "settings" && settingsModule ? { ...job, environment: { [SETTINGS]: settingsModule } } : job,
  );
  const kept = usual.flatMap((job) => {
    const changed = jobs[job.name];
    if (changed === undefined) return [job];
    return changed === "off" ? [] : [{ ...job, ...planned(job.name, changed) }];
  });
  const names = new Set(usual.map(({ name }) => name));
  const added = Object.entries(jobs).flatMap(([name, job]) =>
    names.has(name) || job === "off" ? [] : [planned(name, job)],
  );
  return { ...installation(facts, install), jobs: [...kept, ...added], variables: inUse };
}

function planned(name: string, { steps, install }: Exclude<Job, "off">): PlannedJob {
  return { name, steps: steps.map(asStep), installs: install, isStatic: false };
}

function asStep(step: string | { name?: string | undefined; command: string }): ShellStep {
  return typeof step === "string" ? { command: step } : step;
}

function usualJobs(facts: ApplicationFacts): PlannedJob[] {
  const { linters, testRunner } = facts;
  const declared = linters.every(({ name }) => facts.declared.has(name));
  const lint: PlannedJob = {
    name: "lint",
    steps: [
      ...(declared ? [] : [{ name: "Install", command: `pip install ${linters.map(pinned).join(" ")}` }]),
      ...linters.map(({ name }) => ({ command: name === "ruff" ? "ruff check ." : "flake8" })),
    ],
    installs: declared,
    isStatic: true,
  };
  const test: PlannedJob =
    testRunner === "pytest"
      ? {
          name: "test",
          steps: [{ command: "pytest --junitxml=test-results/junit.xml" }],
          installs: true,
          results: "test-results",
        }
      : { name: "test", steps: [{ command: manage(facts, "test") }], installs: true };
  const settings = { name: "settings", steps: [{ command: manage(facts, "check --deploy") }], installs: true };
  return [...(linters.length > 0 ? [lint] : []), test, settings];
}

function pinned({ name, version }: ApplicationFacts["linters"][number]): string {
  return `${name}==${version ?? LINTER_VERSIONS[name]}`;
}

/** A command of manage.py, which looks for tests from the folder that it is started in. */
function manage({ manage: path = "manage.py" }: ApplicationFacts, command: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  return `${folder && `cd ${folder} && `}python manage.py ${command}`;
}

function installation(
  { tool = "pip", files, declared, testRunner }: ApplicationFacts,
  configured: Pipeline["install"],
): Pick<CheckPlan, "install" | "cache"> {
  const decisive = files.length > 0 ? files : DEFAULT_FILES;
  const { steps, folder } = INSTALL[tool](decisive);
  const isMissing = testRunner === "pytest" && !declared.has("pytest");
  const pip = tool === "uv" || tool === "pyproject" ? "uv pip" : "pip";
  const runner = { name: "Install the test runner", command: `${pip} install pytest pytest-django` };
  // A file that is only there after a resolution decides nothing yet.
  const cache = { files: decisive, folder };
  return { cache, install: configured?.map(asStep) ?? [...steps, ...(isMissing ? [runner] : [])] };
}

const VENV = 'echo "export PATH=$PWD/.venv/bin:\\$PATH" >> "$BASH_ENV"';
const dependencies = (...lines: string[]): ShellStep => ({ name: "Install dependencies", command: lines.join("\n") });

/** How each tool installs, and where it keeps what it has downloaded. */
const INSTALL: Readonly<
  Record<PackageTool, (files: readonly string[]) => { steps: readonly ShellStep[]; folder: string }>
> = {
  pip: (files) => ({
    steps: [dependencies(`pip install ${files.map((file) => `-r ${file}`).join(" ")}`)],
    folder: "~/.cache/pip",
  }),
  uv: () => ({ steps: [dependencies("pip install uv", "uv sync --frozen", VENV)], folder: "~/.cache/uv" }),
  pyproject: () => ({ steps: [dependencies("pip install uv", "uv sync", VENV)], folder: "~/.cache/uv" }),
  poetry: () => ({
    steps: [
      dependencies(
        "pip install poetry",
        "POETRY_VIRTUALENVS_IN_PROJECT=true poetry install --no-root --no-interaction",
        VENV,
      ),
    ],
    folder: "~/.cache/pypoetry",
  }),
  pipenv: (files) => ({
    steps: [
      dependencies(
        "pip install pipenv",
        `PIPENV_VENV_IN_PROJECT=1 pipenv ${files.includes("Pipfile.lock") ? "sync" : "install"} --dev`,
        VENV,
      ),
    ],
    folder: "~/.cache/pipenv",
  }),
};
