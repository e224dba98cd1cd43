/** What comes after the stack's file is written: the whole way to a running site, in order. */
import { partTokens } from "../../infra/parts.ts";
import { setSecretCommand } from "../../lib/configuration-problems.ts";
import { type Checkout, pushCommands, remoteOf } from "./checkout.ts";
import { OWNER } from "./questions.ts";
import type { StackFile } from "./stack-file.ts";

/** A step: what it is for, and its commands. */
export interface Step {
  readonly title: string;
  readonly commands: readonly string[];
}

/** What the steps depend on. */
export interface Surroundings {
  readonly stack: string;
  /** The settings that were written, by full key. */
  readonly settings: ReadonlyMap<string, unknown>;
  readonly file: Pick<StackFile, "encryption" | "keeps">;
  readonly checkout: Checkout;
  /** The backend in use; undefined when none is chosen. */
  readonly backend: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

const PULUMI = "npm run pulumi --";
const PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE";

/** The steps that are left. What the environment or the file has already is none. */
export function nextSteps(surroundings: Surroundings): Step[] {
  const { stack, settings, file, env } = surroundings;
  const on = `--stack ${stack}`;
  const parts = Object.entries(partTokens()).filter(([part]) => typeof settings.get(`delivery:${part}`) === "object");
  const tokens = parts.map(([, token]) => token).filter((token) => !env[token]);
  const secrets = secretKeys(settings).filter((key) => !file.keeps(key));
  const steps: Step[] = [
    ...stateSteps(surroundings),
    {
      title: secrets.length === 1 ? "Give the secret that the file needs" : "Give the secrets that the file needs",
      commands: secrets.map((key) => `${setSecretCommand(`delivery:${key}`)} ${on}`),
    },
    {
      title: "Tell this shell the tokens; no file keeps them",
      commands: tokens.map((token) => `export ${token}=...`),
    },
    { title: "See whether anything is in the way", commands: [`npx --no delivery doctor ${on}`] },
    ...existingSteps(surroundings),
    { title: "Look at what would happen", commands: [`npx --no delivery preview ${on}`] },
    { title: "Make it so", commands: [`npx --no delivery up ${on}`] },
    ...codeSteps(surroundings),
  ];
  return steps.filter(({ commands }) => commands.length > 0);
}

function stateSteps({ stack, file, backend, env }: Surroundings): Step[] {
  // Pulumi Cloud and key services encrypt without a passphrase.
  const isCloud = backend !== undefined && /^https?:/.test(backend);
  const needsPassphrase = file.encryption === "passphrase" || (file.encryption === undefined && !isCloud);
  const hasPassphrase = Boolean(env[PASSPHRASE] || env[`${PASSPHRASE}_FILE`]);
  const isNew = file.encryption === undefined;
  return [
    {
      title: "Choose where the state is kept (docs/backends.md has other places)",
      commands: backend === undefined ? [`${PULUMI} login file://~`] : [],
    },
    {
      title: isNew ? "Choose a passphrase, and keep it: it opens the stack's secrets" : "Give the stack's passphrase",
      commands: needsPassphrase && !hasPassphrase ? [`export ${PASSPHRASE}=...`] : [],
    },
    { title: "Make the stack", commands: isNew ? [`${PULUMI} stack init ${stack}`] : [] },
  ];
}

function secretKeys(settings: ReadonlyMap<string, unknown>): string[] {
  const { username } = (settings.get("delivery:image") ?? {}) as { readonly username?: string };
  const { secretKey } = (settings.get("delivery:site") ?? {}) as { readonly secretKey?: string };
  return [
    ...(username ? ["image.password"] : []),
    ...(secretKey === "value" ? ["secretVariables.DJANGO_SECRET_KEY"] : []),
  ];
}

/** A checkout that comes from the repository has one that exists: it is taken over, not made. */
function existingSteps({ stack, settings, checkout, env }: Surroundings): Step[] {
  const fullName = repositoryName(settings);
  if (fullName === undefined || remoteOf(checkout, webAddress(env), fullName) === undefined) return [];
  return [
    {
      title: `Take ${fullName} into the stack, since it exists (docs/adopt.md)`,
      commands: [`npx --no delivery adopt --stack ${stack}`],
    },
  ];
}

/** A repository that `up` makes has none of the application's code yet. */
function codeSteps({ settings, checkout, env }: Surroundings): Step[] {
  const fullName = repositoryName(settings);
  if (fullName === undefined || remoteOf(checkout, webAddress(env), fullName) !== undefined) return [];
  const { branch = "main" } = (settings.get("delivery:pipeline") ?? {}) as { readonly branch?: string };
  return [
    {
      title: `Bring the code into the repository, which has only the first files yet`,
      commands: pushCommands(checkout, `${webAddress(env)}/${fullName}.git`, branch),
    },
  ];
}

function repositoryName(settings: ReadonlyMap<string, unknown>): string | undefined {
  const repository = settings.get("delivery:repository");
  const owner = settings.get(OWNER);
  if (typeof repository !== "object" || owner === undefined) return undefined;
  const { name: application } = (settings.get("delivery:application") ?? {}) as { readonly name?: string };
  return `${owner}/${(repository as { readonly name?: string }).name ?? application}`;
}

/** Where people find GitHub; its API is elsewhere. */
function webAddress(env: NodeJS.ProcessEnv): string {
  const { origin, hostname } = new URL(env["GITHUB_BASE_URL"] || "https://api.github.com");
  return hostname.startsWith("api.") ? `https://${hostname.slice("api.".length)}` : origin;
}
