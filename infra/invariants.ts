/** What must agree between the services, and with this machine, before the first call to any service. */
import { existsSync } from "node:fs";
import { runtime } from "@pulumi/pulumi";
import type { Configuration, PartOf } from "./config.ts";
import { dockerfilePath, inProject } from "./paths.ts";
import { type Problem, setCommand } from "./problems.ts";

/** The environment variable that carries each part's token. */
const TOKENS = {
  repository: "GITHUB_TOKEN",
  pipeline: "CIRCLE_TOKEN",
  errors: "SENTRY_AUTH_TOKEN",
  site: "RENDER_API_KEY",
} as const;

/** Variables of the site that the chain itself sets. */
const OWN_VARIABLES = ["PORT", "SENTRY_DSN", "SENTRY_ENVIRONMENT", "SENTRY_RELEASE", "DJANGO_ALLOWED_HOSTS"];

type Refuse = (broken: unknown, key: string, problem: string, mend: string) => void;

/** The tokens that are not in the environment, of the parts that are on. */
export function missingTokens(raw: Readonly<Record<string, unknown>>, environment: NodeJS.ProcessEnv): Problem[] {
  return Object.entries(TOKENS)
    .filter(([part, variable]) => raw[part] !== "off" && raw[part] !== false && !environment[variable])
    .map(([part, variable]) => ({
      key: variable,
      problem: `is not in the environment; delivery:${part} needs it`,
      mend: `export ${variable}=...   (or leave the part out: pulumi config set delivery:${part} off)`,
    }));
}

/** What does not agree in a configuration whose single values are all well-formed. */
export function brokenInvariants(configuration: Configuration, environment: NodeJS.ProcessEnv): Problem[] {
  const problems: Problem[] = [];
  const refuse: Refuse = (broken, key, problem, mend) => {
    if (broken) problems.push({ key, problem, mend });
  };
  refuseOwner(configuration, environment, refuse);
  if (configuration.image) refuseImage(configuration.application, configuration.image, environment, refuse);
  if (configuration.site) refuseSite(configuration, configuration.site, refuse);
  return problems;
}

function refuseOwner({ repository, pipeline }: Configuration, environment: NodeJS.ProcessEnv, refuse: Refuse): void {
  if (!repository) return;
  const owner = runtime.allConfig()["github:owner"] ?? environment["GITHUB_OWNER"];
  refuse(!owner, "github:owner", "is missing: who owns the repository", "pulumi config set github:owner acme");
  const key = "delivery:pipeline.organization";
  const other = owner && pipeline && pipeline.organization.split("/")[1] !== owner;
  refuse(other, key, `is not the owner of the repository, ${owner}`, setCommand(key, { example: `gh/${owner}` }));
}

function refuseImage(
  application: Configuration["application"],
  image: PartOf<"image">,
  environment: NodeJS.ProcessEnv,
  refuse: Refuse,
): void {
  const folder = inProject(application.path);
  const path = "delivery:application.path";
  refuse(!existsSync(folder), path, `names no folder: ${folder}`, setCommand(path, { example: "../site" }));
  const dockerfile = dockerfilePath(application, image);
  const file = "delivery:image.dockerfile";
  refuse(!existsSync(dockerfile), file, `names no file: ${dockerfile}`, setCommand(file, { example: "Dockerfile" }));

  const half = "is missing: a login at the registry needs both username and password";
  const [username, password] = ["delivery:image.username", "delivery:image.password"];
  refuse(image.password && !image.username, username, half, setCommand(username, { example: "acme" }));
  refuse(image.username && !image.password, password, half, setCommand(password, { secret: true }));

  for (const name of Object.keys(image.buildArguments)) {
    const mend = setCommand(`delivery:image.secrets.${name.toLowerCase()}.variable`, { example: name });
    const secret = /secret|token|passw|key/i.test(name);
    refuse(secret, `delivery:image.buildArguments.${name}`, "looks like a secret, which an image would keep", mend);
  }
  for (const [id, { file, variable }] of Object.entries(image.secrets)) {
    const key = `delivery:image.secrets.${id}`;
    const found = file ? existsSync(inProject(file)) : environment[variable ?? ""];
    refuse(!file === !variable, key, "needs either a file or a variable", `pulumi config rm --path '${key}'`);
    refuse(!found, key, `is not on this machine: ${file ?? variable}`, `pulumi config rm --path '${key}'`);
  }
}

function refuseSite({ image, secretVariables }: Configuration, site: PartOf<"site">, refuse: Refuse): void {
  refuse(!image, "delivery:site", "has no image to run", "pulumi config set delivery:site off");
  const platforms = "delivery:image.platforms";
  const foreign = image && !image.platforms.includes("linux/amd64");
  refuse(foreign, platforms, "leave out linux/amd64, which Render runs", `pulumi config rm --path '${platforms}'`);

  const secretKey = "delivery:secretVariables.DJANGO_SECRET_KEY";
  const given = "DJANGO_SECRET_KEY" in secretVariables;
  const wanted = site.secretKey === "value";
  refuse(wanted && !given, secretKey, "is missing: site.secretKey is `value`", setCommand(secretKey, { secret: true }));
  refuse(
    !wanted && given,
    secretKey,
    `is given, but site.secretKey is \`${site.secretKey}\``,
    "pulumi config set --path 'delivery:site.secretKey' value",
  );

  const own = [...OWN_VARIABLES, "DJANGO_SECRET_KEY", ...Object.keys(secretVariables)];
  const taken = [
    ...Object.keys(site.variables)
      .filter((name) => own.includes(name))
      .map((name) => `site.variables.${name}`),
    ...Object.keys(secretVariables)
      .filter((name) => OWN_VARIABLES.includes(name))
      .map((name) => `secretVariables.${name}`),
  ];
  for (const name of taken)
    refuse(true, `delivery:${name}`, "is set elsewhere by the chain", `pulumi config rm --path 'delivery:${name}'`);
}
