/** Everything that may stand under `delivery:` in a stack file. */
import { z } from "zod";
import { anything, count, flag, oneOf, part, secretText, some, text, variables } from "../lib/configuration-fields.ts";
import { IMAGE_REPOSITORY, IMAGE_TAG } from "../providers/kit/image-reference.ts";
import { BRANCH_NAME } from "./branch-name.ts";
import { cache } from "./cache-settings.ts";
import { database } from "./database-settings.ts";
import { site } from "./site-settings.ts";

const ACTORS = ["RepositoryRole", "Team", "Integration", "User", "OrganizationAdmin", "DeployKey"] as const;
const MERGE_METHODS = ["squash", "merge", "rebase"] as const;

/** What each of the five services takes as a name, also with another such name behind it. */
const SLUG = /^[a-z][a-z0-9-]{0,29}$/;
/** GitHub refuses control characters, and longer ones. */
const DESCRIPTION = /^\P{Cc}{0,350}$/u;
const SENTRY_SLUG = /^(?!\d+$)[a-z0-9_-]{1,50}$/;
/** Those of organizations may have capital letters. */
const SENTRY_ORGANIZATION = /^(?!\d+$)[A-Za-z0-9_-]{1,50}$/;
/** One line that stands in CircleCI's file, where `<<` begins an expression. */
const CIRCLECI_NAME = /^(?!.*<<)\P{Cc}{1,255}$/u;
/** "Dockerfile reference", FROM: a stage's name, or its number. */
const STAGE = /^[A-Za-z0-9][\w.-]*$/;

/** A Python module by its dotted name. */
const MODULE = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** "Configuration reference": the classes of the Docker executor. */
const RESOURCE_CLASSES = ["small", "medium", "medium+", "large", "xlarge", "2xlarge", "2xlarge+"] as const;

/** A folder below another one, from there; `.` for that one. */
const FOLDER = /^(?:\.|(?!\.{0,2}(?:\/|$))[\w.-]+(?:\/(?!\.{0,2}(?:\/|$))[\w.-]+)*)$/;

const bypass = z.strictObject({
  actorType: oneOf("the kind of an actor who may pass the rules", ACTORS),
  actorId: count("the actor's number; of the roles, 5 is admin", 1).optional(),
});

const ruleset = part({
  reviews: count("how many approvals a pull request needs, at most 10", 0, 10).default(1),
  codeOwners: flag("whether a code owner has to approve").default(false),
  strictChecks: flag("whether a pull request has to be up to date before it merges").default(true),
  // By default those of the pipeline's file that the chain writes; for a file of the team's own, none.
  requiredChecks: z.array(text("the name of a check or status, as GitHub shows it", "'ci/circleci: test'")).optional(),
  linearHistory: flag("whether merge commits are refused").default(false),
  // Whoever the chain commits as has to be among them, or it could not write its own files.
  bypass: z.array(bypass).default([{ actorType: "RepositoryRole", actorId: 5 }]),
});

const repository = part({
  name: text("a name that GitHub takes", "site", /^(?!\.{1,2}$)(?!.*\.git$)[\w.-]{1,100}$/i).optional(),
  description: text("a line of at most 350 characters on what the repository holds", "'Our site'", DESCRIPTION).default(
    "",
  ),
  visibility: oneOf("who sees the repository", ["private", "internal", "public"]).default("private"),
  topics: z
    .array(text("a topic", "django", /^[a-z0-9][a-z0-9-]{0,49}$/))
    .max(20, "has more than 20 topics, which is the most that GitHub takes")
    .default([]),
  mergeMethods: some(oneOf("a way to merge a pull request", MERGE_METHODS)).default(["squash"]),
  autoMerge: flag("whether a pull request may merge itself once its rules are met").default(false),
  deleteBranchOnMerge: flag("whether a merged branch is deleted").default(true),
  vulnerabilityAlerts: flag("whether GitHub warns of dependencies with known vulnerabilities").default(true),
  // Left out, it stays as it is: on in a new public repository. A private one needs a plan that offers it.
  secretScanning: flag("whether GitHub looks for secrets, and refuses pushes that hold one").optional(),
  ruleset,
  pipelineFile: oneOf("how .circleci/config.yml is kept", ["managed", "observed", "off"]).default("managed"),
  dockerfile: oneOf("how the repository's Dockerfile is kept", ["seeded", "observed", "off"]).default("seeded"),
});

const shellCommand = text("a command of the shell", "pytest");
const step = z.union([
  z.strictObject({ name: text("the step's name", "Test").optional(), command: shellCommand }),
  text("a command of the shell, or a map of `name` and `command`", "pytest"),
]);
const job = z.strictObject({
  steps: some(step),
  install: flag("whether the dependencies are installed first, and the services run beside it").default(true),
});
const jobName = z
  .string()
  .regex(/^(?!(?:deliver|build)$)[a-z][\w-]{0,40}$/, "is not a name that a job of the team's can have");

const serviceContainer = z.strictObject({
  image: text("an image with a tag", "cimg/mysql:8.0", IMAGE_TAG),
  name: text("the host name under which it is reached, besides localhost", "db", /^[\w.-]+$/).optional(),
  command: z.array(text("a word of its command", "--port=3306")).optional(),
  environment: variables(text("a throw-away value", "only-for-tests")).optional(),
});
const services = z
  .strictObject({
    postgres: text("a version of Postgres, in quotes", "17.5", /^\d+(\.\d+)?$/).optional(),
    redis: text("a version of Redis, in quotes", "7.4", /^\d+(\.\d+)*$/).optional(),
    docker: z.array(serviceContainer).default([]),
  })
  .prefault({});

const pipeline = part({
  organization: text("CircleCI's slug of a GitHub organization", "gh/acme", /^(gh|github)\/[\w.-]+$/),
  context: text(
    "the name of the context that keeps the environment's variables, or off",
    "site-production",
    CIRCLECI_NAME,
  ).optional(),
  contextVariables: oneOf("whether the chain sets the context's variables", ["managed", "off"]).default("managed"),
  // Takes the token of an administrator of the organization.
  restrictContext: flag("whether only this project's jobs get the context's variables").default(true),
  // One for the image and the pipeline: by default that of the Dockerfile.
  pythonVersion: text("a Python version, in quotes", "3.12", /^3\.\d+(\.\d+)?$/).optional(),
  resourceClass: oneOf("CircleCI's resource class of the jobs", RESOURCE_CLASSES).default("medium"),
  // Steps before the tests and whatever else needs the dependencies; by default those of the package tool.
  install: some(step).optional(),
  // Jobs by name: another way to `lint`, `test` or check the `settings`, `off` for one that is not wanted, or more.
  jobs: z.record(jobName, z.union([z.literal(["off", false]).transform(() => "off" as const), job])).default({}),
  services,
  variables: variables(text("a throw-away value, which stands in the repository for everybody to read", "1")),
  // By default where `application.path` is in its git checkout.
  workingDirectory: text("the application's folder in its repository", "backend", FOLDER).optional(),
  // In `image.delivery: continuous` its commits are delivered.
  branch: text("the name of the default branch", "main", BRANCH_NAME).default("main"),
});

const buildSecret = z.strictObject({
  file: text("the path of a file on the machine that builds", "/etc/pip.conf").optional(),
  variable: text("the name of an environment variable of the machine that builds", "PIP_CONF").optional(),
});

const pull = z.strictObject({
  username: text("the login with which Render pulls, or the id of an access key", "acme"),
  password: secretText("its password, access token or access key"),
});

const image = part({
  // `build`: `pulumi up` builds, pushes and deploys. `pinned`: it deploys `tag`, which the registry has.
  // `continuous`: CircleCI builds, pushes and deploys each commit of the default branch.
  delivery: oneOf("how an image comes to run", ["build", "pinned", "continuous"]).default("build"),
  // In `continuous` the one that a new site starts from, until CircleCI's first deploy.
  tag: text("a tag", "content-0123456789abcdef", /^\w[\w.-]{0,127}$/).optional(),
  // In `continuous`: `tag` runs, and CircleCI's deploys wait. A rollback sets it.
  hold: flag("whether CircleCI's deploys wait").default(false),
  repository: text("a registry's repository, in lower case, without a tag", "acme/site", IMAGE_REPOSITORY),
  username: text("the login at the registry", "acme").optional(),
  password: secretText("the password or access token at the registry").optional(),
  // `off`: anybody may pull the image. By default Render pulls with the login that pushes.
  pull: z.union([z.literal(["off", false]).transform(() => "off" as const), pull]).optional(),
  platforms: some(text("a platform", "linux/amd64", /^linux\/\w+(\/\w+)?$/)).default(["linux/amd64"]),
  // By default the application's own Dockerfile, or this project's when it has none.
  dockerfile: text("the path of a Dockerfile, from this project's folder", "../site/Dockerfile").optional(),
  target: text("the name of a stage of the Dockerfile", "production", STAGE).optional(),
  buildArguments: variables(text("a build argument", "1")),
  // Variables with which the settings load while static files are collected. They are no secrets: the image's history
  // shows them. The built image does not have them.
  buildVariables: variables(
    text("one line: a throw-away value, which the image's history shows", "sqlite://", /^\P{Cc}*$/u),
  ),
  // It reaches the image as PORT, and Render asks there whether the site is healthy.
  port: count("the port on which the image listens", 1, 65535, 8000).default(8000),
  labels: z.record(z.string(), text("a label of the image", "acme")).default({}),
  // Layers are kept there from one build to the next, on whatever machine it runs.
  cache: text("a tag in a registry that keeps the build's layers", "acme/site:cache", IMAGE_TAG).optional(),
  revision: text("a number to raise when the same tree is to be built again", "2").optional(),
  // BuildKit secrets by id. A RUN step mounts them; no layer keeps them. CircleCI's builds do without.
  secrets: z.record(z.string(), buildSecret).default({}),
});

const rateLimit = z.strictObject({
  count: count("how many errors are accepted", 1),
  seconds: count("in how many seconds they are accepted", 1),
});

const errors = part({
  organization: text("the slug of the Sentry organization", "acme", SENTRY_ORGANIZATION),
  team: text("the slug of the Sentry team that owns the project", "web", SENTRY_SLUG).optional(),
  project: text("the slug of a Sentry project", "site", SENTRY_SLUG).optional(),
  platform: text("Sentry's name of the platform", "python-django").default("python-django"),
  rateLimit: rateLimit.optional(),
});

const application = z.strictObject({
  name: text("the application's name, in lower-case letters, digits and dashes, at most 30", "site", SLUG),
  path: text("the folder of the Django project, from this project's folder", "../site"),
  // DJANGO_SETTINGS_MODULE of the image's build, the pipeline and the running site. By default each takes what manage.py
  // or the WSGI module names.
  settingsModule: text("the settings that the environment runs with", "config.settings.production", MODULE).optional(),
});

/** All of it. */
export const configurationSchema = z.strictObject({
  application: application.prefault({} as never),
  environment: text(
    "the environment's name, by default the stack's, written like application.name",
    "production",
    SLUG,
  ),
  // `shared`: what exists once per application. `environment`: the rest, on the shared parts of the stack `sharedFrom`.
  declares: oneOf("what this stack declares", ["all", "shared", "environment"]).default("all"),
  sharedFrom: text("the full name of a stack", "organization/delivery/prod", /^[^/]+\/[^/]+\/[^/]+$/).optional(),
  production: flag("whether this stack is production").default(false),
  protect: flag("whether what holds data is protected, by default in production").optional(),
  repository,
  pipeline,
  image,
  errors,
  site,
  database,
  cache,
  secretVariables: variables(secretText("the value of a secret variable of the site")),
  // `delivery adopt` writes it. A map is merged into what the chain declares, and null leaves an argument out.
  asFound: z.record(z.string(), z.record(z.string(), anything("an argument as it was found"))).default({}),
});

/** Keys that are no more, and what has become of what they set. */
export const removedKeys: Readonly<Record<string, string>> = {
  "delivery:errors.issueAlert":
    "is removed: Sentry has shut the API of its alert rules down (410); the alert that Sentry gives each project mails the team",
};
