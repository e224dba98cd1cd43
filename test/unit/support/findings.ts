/** Findings of a small application, varied. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApplicationSettings } from "../../../infra/application/examined.ts";
import { applicationFacts } from "../../../infra/application/facts.ts";
import { findingsOf } from "../../../infra/application/findings.ts";
import type { Problem } from "../../../lib/configuration-problems.ts";
import { projectRoot } from "../../../lib/project-folder.ts";
import { APPLICATION } from "./configuration.ts";

type Files = Readonly<Record<string, string | undefined>>;

const DOCKERFILE = readFileSync(join(projectRoot, "Dockerfile"), "utf8");
/** A Dockerfile of a team's own. */
export const TEAMS = "FROM python:3.12-slim\nEXPOSE 8000\nCMD gunicorn acme.wsgi\n";
/** What manage.py and wsgi.py take by default. */
export const manage = (settings: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")`;
/** A pyproject.toml that asks for a Python. */
export const project = (requires: string) =>
  `[project]\nname = "x"\nrequires-python = "${requires}"\ndependencies = ["gunicorn"]\n`;

/** What is different from the small site of APPLICATION. */
export interface Case {
  readonly files?: Files;
  readonly dockerfile?: string;
  readonly settings?: Partial<Omit<ApplicationSettings, "image">>;
  readonly image?: Partial<NonNullable<ApplicationSettings["image"]>>;
}

/** What is found of it, without reading anything. */
export function findings({ files = {}, dockerfile = DOCKERFILE, settings = {}, image = {} }: Case) {
  const all = Object.entries({ ...APPLICATION, ...files }).filter(
    (file): file is [string, string] => file[1] !== undefined,
  );
  const texts = new Map(all);
  const application = settings.application ?? { path: "../site" };
  const facts = applicationFacts(
    { paths: [...texts.keys()].sort(), text: (path) => texts.get(path) },
    application.settingsModule,
  );
  const built = { delivery: "build", buildArguments: {}, buildVariables: {}, port: 8000, ...image };
  const configuration = { application, site: { hosts: [] }, pipeline: {}, ...settings, image: built };
  return findingsOf({ configuration, facts, dockerfile, hasConfiguredSettings: true });
}

/** As lines: key, problem, fix. */
export const told = (found: readonly Problem[]) =>
  found.map(({ key, problem, mend }) => `${key} ${problem} -> ${mend}`);
