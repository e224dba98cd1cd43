/** What `delivery init` asks for: what no default can know, and the choices that every team has to make. */
import { basename } from "node:path";
import { PART_NAMES, PARTS, type PartName, partFacts } from "../../infra/parts.ts";
import { DOCKER_HUB, parseReference } from "../../providers/kit/image-reference.ts";
import { POSTGRES_VERSIONS } from "../../providers/render/vendor-values.ts";

/** Answers as texts, by key. An empty one leaves its key out of the stack's file. */
export type Answers = Readonly<Record<string, string>>;

/** One question. */
export interface Question {
  /** The key below `delivery:`, `github:owner`, or `off`. */
  readonly key: string;
  readonly text: string;
  /** Whether it is asked, after the answers so far. */
  readonly applies?: (answers: Answers) => boolean;
  /** The answer that is offered; undefined when only a person knows it. */
  readonly fallback?: (answers: Answers) => string | undefined;
}

/** The parts that a chain can do without. */
export const OPTIONAL_PARTS = PART_NAMES.filter((part) => PARTS[part].isOptional);

/** The key under which GitHub's plugin reads who owns the repository. */
export const OWNER = "github:owner";

/** The key whose answer lists the parts that are left out. */
export const OFF = "off";

/** The parts that are left out. */
export function offParts(answers: Answers): readonly string[] {
  return (answers[OFF] ?? "").split(/[\s,]+/).filter(Boolean);
}

/** The answer that makes no such part. */
export const NONE = "off";

/** Whether the question is the first of a part that a file has only by mentioning it: `off` leaves it out. */
export function mayBeOff(key: string): boolean {
  return PART_NAMES.some((part) => partFacts(part).isOffUnlessNamed && key === `${part}.plan`);
}

const isOn = (part: PartName) => (answers: Answers) => !offParts(answers).includes(part);
const owner = (answers: Answers): string | undefined => answers[OWNER];

/** The questions in their order, for a stack of this name. */
export function questionsFor(stack: string): readonly Question[] {
  return [
    { key: "application.path", text: "Folder of the Django project, from this one", fallback: () => "../site" },
    { key: "application.name", text: "Name of the application", fallback: nameOfFolder },
    {
      key: "environment",
      text: "Name of the environment",
      fallback: () => (stack === "prod" ? "production" : stack),
    },
    {
      key: "production",
      text: "Is it production? What holds data is then protected from deletion",
      fallback: ({ environment }) => String(environment === "production"),
    },
    { key: OFF, text: "Which parts are left out", fallback: () => "" },
    {
      key: OWNER,
      text: "GitHub organization or user who owns the repository",
      applies: (answers) => isOn("repository")(answers) || isOn("pipeline")(answers),
    },
    {
      key: "pipeline.organization",
      text: "CircleCI's slug of that organization",
      applies: isOn("pipeline"),
      fallback: (answers) => owner(answers) && `gh/${owner(answers)}`,
    },
    {
      key: "image.repository",
      text: "Image repository, without a tag (on Docker Hub unless it starts with a host)",
      fallback: (answers) => owner(answers) && `${owner(answers)?.toLowerCase()}/${answers["application.name"]}`,
    },
    { key: "image.username", text: "Login at that registry, empty for none", fallback: loginOf },
    {
      key: "errors.organization",
      text: "Sentry organization, by its slug",
      applies: isOn("errors"),
      fallback: (answers) => owner(answers)?.toLowerCase(),
    },
    { key: "site.ownerId", text: "Render workspace, by its id (in its settings)", applies: isOn("site") },
    { key: "site.region", text: "Region at Render", applies: isOn("site"), fallback: () => "oregon" },
    { key: "site.plan", text: "Plan at Render", applies: isOn("site"), fallback: () => "starter" },
    {
      key: "site.healthCheckPath",
      text: "Path that answers 200 when the site is healthy",
      applies: isOn("site"),
      fallback: () => "/healthz/",
    },
    {
      key: "database.plan",
      text: "Plan of a Postgres for the site, told to it as DATABASE_URL",
      // `--set database=off` is an answer, too.
      applies: (answers) => isOn("site")(answers) && answers["database"] === undefined,
      fallback: () => NONE,
    },
    {
      key: "database.version",
      text: "Its major version of Postgres",
      applies: (answers) => (answers["database.plan"] ?? NONE) !== NONE,
      fallback: () => POSTGRES_VERSIONS.at(-1),
    },
    {
      key: "cache.plan",
      text: "Plan of a cache for the site, told to it as REDIS_URL",
      applies: (answers) => isOn("site")(answers) && answers["cache"] === undefined,
      fallback: () => NONE,
    },
  ];
}

function nameOfFolder(answers: Answers): string | undefined {
  const name = basename(answers["application.path"] ?? "").toLowerCase();
  return /^[a-z][a-z0-9-]{0,29}$/.test(name) ? name : undefined;
}

/** On Docker Hub the first part of a repository is an account, and mostly the one that pushes. */
function loginOf(answers: Answers): string {
  const { registry, path = "" } = parseReference(answers["image.repository"] ?? "") ?? {};
  const [account = ""] = path.split("/");
  return registry === DOCKER_HUB && account !== "library" ? account : "";
}
