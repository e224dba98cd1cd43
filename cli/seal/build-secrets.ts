/** The build's secrets: each is a file or a variable of the machine that builds, which no other machine has. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { at, isObject } from "./secret-value.ts";

/** The setting below whose `secrets` they are named. */
const IMAGE = "delivery:image";
const VARIABLE_PREFIX = "DELIVERY_SEALED_BUILD_SECRET_";

/** A build's secret: its name, and what keeps it. */
interface BuildSecret {
  readonly id: string;
  /** `file /etc/pip.conf` or `variable PIP_CONF`. */
  readonly keeper: string;
}

function buildSecrets(config: Readonly<Record<string, unknown>>): BuildSecret[] {
  const secrets = at(config, [IMAGE, "secrets"]);
  if (!isObject(secrets)) return [];
  return Object.entries(secrets).flatMap(([id, source]) => {
    if (!isObject(source)) return [];
    const { file, variable } = source;
    // The program tells what is wrong with such a setting.
    if ((file === undefined) === (variable === undefined)) return [];
    return [{ id, keeper: file === undefined ? `variable ${variable}` : `file ${file}` }];
  });
}

/** Their values on this machine, by what keeps each; one that is not here is left out. */
export async function buildSecretValues(
  config: Readonly<Record<string, unknown>>,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  for (const { keeper } of buildSecrets(config)) {
    const name = keeper.slice(keeper.indexOf(" ") + 1);
    const value = keeper.startsWith("file ")
      ? await readFile(resolve(folder, name), "utf8").catch(() => undefined)
      : env[name];
    if (value) values.set(keeper, value);
  }
  return values;
}

/** The settings with a variable for each, and the variables with what stands for the secrets. */
export function withSealedBuildSecrets(
  config: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, string>>,
): { config: Readonly<Record<string, unknown>>; environment: Record<string, string> } {
  const secrets = buildSecrets(config);
  if (secrets.length === 0) return { config, environment: {} };
  const named = secrets.map(({ id, keeper }, index) => ({ id, keeper, variable: `${VARIABLE_PREFIX}${index}` }));
  const image = config[IMAGE] as Readonly<Record<string, unknown>>;
  const variables = Object.fromEntries(named.map(({ id, variable }) => [id, { variable }]));
  return {
    config: { ...config, [IMAGE]: { ...image, secrets: { ...(image["secrets"] as object), ...variables } } },
    environment: Object.fromEntries(
      named.map(({ keeper, variable }) => [variable, known[keeper] ?? `sealed-${keeper}`]),
    ),
  };
}
