/** What must agree between the services, and with this machine, before the first call to any service. */
import { existsSync } from "node:fs";
import { runtime } from "@pulumi/pulumi";
import { type Problem, removeCommand, setCommand, setSecretCommand } from "../lib/configuration-problems.ts";
import { dockerfilePath } from "../lib/dockerfile.ts";
import { inProject } from "../lib/project-folder.ts";
import { isSecretByName } from "../lib/secret-names.ts";
import { credentialIn } from "../lib/token-formats.ts";
import { BUILD_VARIABLES } from "./application/build-arguments.ts";
import { applicationFindings } from "./application/findings.ts";
import { applicationPlace } from "./application/place.ts";
import { cacheProblems } from "./cache-problems.ts";
import type { Configuration } from "./config.ts";
import { databaseProblems } from "./database-problems.ts";
import { deliveryOf } from "./delivery.ts";
import { domainProblems } from "./domain-problems.ts";
import { loginProblems, pullLogin } from "./registry-logins.ts";
import { bypassProblems } from "./repository-rules.ts";
import { scalingProblems } from "./scaling-problems.ts";
import type { Shared } from "./shared-parts.ts";
import { realCredentialIn, throwAwayProblems } from "./throw-away-values.ts";
import { type VariableAt, variablesAt } from "./variables.ts";

const SECRET_KEY = "DJANGO_SECRET_KEY" satisfies VariableAt<"site">;

/** A stack is built on another one when it declares an environment, and only then. */
export function sharedFromProblems({ declares, sharedFrom }: Readonly<Record<string, unknown>>): Problem[] {
  const key = "delivery:sharedFrom";
  if (declares === "environment" && sharedFrom === undefined)
    return [{ key, problem: "is missing: the stack to build on", mend: setCommand(key, "organization/delivery/prod") }];
  if (declares !== "environment" && sharedFrom !== undefined)
    return [{ key, problem: "is for a stack that declares `environment`", mend: removeCommand(key) }];
  return [];
}

/** What does not agree in a configuration whose single values are all well-formed. */
export function brokenInvariants(all: Configuration, env: NodeJS.ProcessEnv, shared?: Shared<string>): Problem[] {
  return [
    ...ownerProblems(all, env),
    ...bypassProblems(all),
    ...pathProblems(all),
    ...applicationFindings(all).problems,
    ...throwAwayProblems(all),
    ...imageProblems(all, env),
    ...deliveryProblems(all),
    ...dockerfileProblems(all),
    ...siteProblems(all),
    ...domainProblems(all),
    ...scalingProblems(all),
    ...databaseProblems(all),
    ...cacheProblems(all),
    ...(shared ? credentialProblems(all, shared) : []),
  ];
}

function* ownerProblems({ repository, pipeline }: Configuration, environment: NodeJS.ProcessEnv): Generator<Problem> {
  const name = runtime.allConfig()["github:owner"] ?? environment["GITHUB_OWNER"];
  if (repository && !name)
    yield { key: "github:owner", problem: "is missing: who owns the repository", mend: setCommand("github:owner") };
  const key = "delivery:pipeline.organization";
  // GitHub takes either spelling of its own names, CircleCI only GitHub's: `doctor` knows which that is.
  const organization = pipeline?.organization.split("/")[1];
  if (repository && name && pipeline && organization?.toLowerCase() !== name.toLowerCase())
    yield { key, problem: `is not the repository's owner, ${name}`, mend: setCommand(key, `gh/${name}`) };
}

function* pathProblems(configuration: Configuration): Generator<Problem> {
  const path = "delivery:application.path";
  const folder = inProject(configuration.application.path);
  const { declares, image, pipeline, repository } = configuration;
  // The pipeline's jobs follow from the application's files, so a machine without them would write another one.
  const writesPipeline = declares !== "environment" && pipeline && repository && repository.pipelineFile === "managed";
  if (((image && deliveryOf(image).builtBy === "program") || writesPipeline) && !existsSync(folder))
    yield { key: path, problem: `names no folder: ${folder}`, mend: setCommand(path, "../site") };
  const key = "delivery:image.dockerfile";
  const dockerfile = dockerfilePath(configuration);
  if ((image || (repository && repository.dockerfile !== "off")) && !existsSync(dockerfile))
    yield { key, problem: `names no file: ${dockerfile}`, mend: setCommand(key, "../site/Dockerfile") };
}

function* imageProblems({ declares, image, site }: Configuration, environment: NodeJS.ProcessEnv): Generator<Problem> {
  if (!image) return;
  yield* loginProblems(image, site !== undefined && declares !== "environment", environment);
  for (const [name, value] of Object.entries(image.buildArguments)) {
    // The build variables are judged one by one, and a made-up login is no credential.
    if (name === BUILD_VARIABLES && Object.keys(image.buildVariables).length > 0) continue;
    const credential = name === BUILD_VARIABLES ? realCredentialIn(value) : credentialIn(value);
    if (!isSecretByName(name, value) && credential === undefined) continue;
    const key = `delivery:image.buildArguments.${name}`;
    const mend = `${removeCommand(key)} && ${setCommand(`delivery:image.secrets.${name.toLowerCase()}.variable`, name)}`;
    yield { key, problem: "looks like a secret, and an image keeps it", mend };
  }
  for (const [id, { file, variable }] of Object.entries(image.secrets)) {
    const key = `delivery:image.secrets.${id}`;
    const isThere = file ? existsSync(inProject(file)) : environment[variable ?? ""];
    if (!file === !variable) yield { key, problem: "has to name a file or a variable", mend: removeCommand(key) };
    else if (!isThere && deliveryOf(image).builtBy === "program") {
      const give = file ? "Put the file there." : `export ${variable}=...`;
      const mend = `${give}   (or leave it out: ${removeCommand(key)})`;
      yield { key, problem: `is not on this machine: ${file ?? variable}`, mend };
    }
  }
}

/** What a way of delivery needs. */
function* deliveryProblems({ image, pipeline, site }: Configuration): Generator<Problem> {
  if (!image) return;
  const { mode, builtBy, tagOwner } = deliveryOf(image);
  const key = "delivery:image.tag";
  const what = mode === "pinned" ? "what runs" : "what a new site starts from; an `up` in mode `build` makes one";
  if (tagOwner !== "content" && !image.tag) yield { key, problem: `is missing: ${what}`, mend: setCommand(key, "TAG") };
  const hold = "delivery:image.hold";
  if (builtBy !== "pipeline") {
    if (image.hold) yield { key: hold, problem: "holds no pipeline in this mode", mend: removeCommand(hold) };
    return;
  }
  const problem =
    "is off, and image.delivery is `continuous`: CircleCI deploys to the site, with what its context holds";
  // Where the pipeline is another's, so is the context.
  const ownContext = pipeline && pipeline.contextVariables !== "off";
  const parts = { "pipeline.context": !ownContext || pipeline.context, site };
  for (const [part, on] of Object.entries(parts))
    if (!on) yield { key: `delivery:${part}`, problem, mend: removeCommand(`delivery:${part}`) };
}

/** CircleCI builds what the repository holds. */
function* dockerfileProblems(configuration: Configuration): Generator<Problem> {
  const { image, repository } = configuration;
  if (
    !image?.dockerfile ||
    deliveryOf(image).builtBy !== "pipeline" ||
    (repository && repository.dockerfile === "seeded")
  )
    return;
  const key = "delivery:image.dockerfile";
  const problem = "lies outside of the application's repository, and in `continuous` CircleCI builds from that";
  if (applicationPlace(configuration).dockerfile === undefined)
    yield { key, problem, mend: setCommand(key, "../site/Dockerfile") };
}

function* siteProblems(configuration: Configuration): Generator<Problem> {
  const { image, secretVariables, site } = configuration;
  if (!site) return;
  if (!image) yield { key: "delivery:site", problem: "has no image to run", mend: setCommand("delivery:site", "off") };
  if (image && !image.platforms.includes("linux/amd64")) {
    const key = "delivery:image.platforms";
    yield { key, problem: "leave out linux/amd64, which Render runs", mend: removeCommand(key) };
  }
  const secretKey = `delivery:secretVariables.${SECRET_KEY}`;
  if (site.secretKey === "value" && !(SECRET_KEY in secretVariables))
    yield { key: secretKey, problem: "is missing: site.secretKey is `value`", mend: setSecretCommand(secretKey) };

  // Without Sentry in the chain a DSN may come from elsewhere. Of database and cache their own problems tell.
  const own: readonly string[] = variablesAt("site", { ...configuration, database: undefined, cache: undefined });
  const taken = (key: string): Problem => ({ key, problem: "is set by the chain already", mend: removeCommand(key) });
  for (const name of Object.keys(site.variables))
    if ([...own, SECRET_KEY].includes(name) || name in secretVariables) yield taken(`delivery:site.variables.${name}`);
  for (const name of Object.keys(secretVariables))
    if (own.includes(name)) yield taken(`delivery:secretVariables.${name}`);
}

/** Render pulls with the login that the shared parts hold. */
function* credentialProblems({ image, site }: Configuration, { hosting }: Shared<string>): Generator<Problem> {
  const problem = "is given, but the shared parts hold no login with which Render could pull";
  const mend = "give it in the stack of the shared parts, too, and run `npx --no delivery up` there";
  if (site && image && pullLogin(image) && !hosting?.credentialId)
    yield { key: "delivery:image.username", problem, mend };
}
