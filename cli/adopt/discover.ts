/** Everything that the services have of the chain. Only reads. */
import { toldVariables } from "../../infra/variables.ts";
import type { Around } from "./around.ts";
import type { Finding, Masked, Setting } from "./finding.ts";
import { findPipeline } from "./services/circleci.ts";
import { findRepository } from "./services/github.ts";
import { findSite } from "./services/render.ts";
import { findErrors } from "./services/sentry.ts";
import { sortVariables } from "./variables.ts";

/** What was found. */
export interface Discovery {
  readonly parts: Readonly<Record<"repository" | "pipeline" | "site" | "errors", Finding>>;
  readonly settings: readonly Setting[];
  /** Secret variables of the site whose value the stack's file does not hold yet. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly ids: Readonly<Record<string, string>>;
  readonly masked: readonly Masked[];
  readonly notes: readonly string[];
  /** All variables of the site; secret ones are among them. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Asks all services. Throws UserError when something is not clear, as the searches do. */
export async function discover(around: Around): Promise<Discovery> {
  const [repository, site] = await Promise.all([findRepository(around), findSite(around)]);
  const [pipeline, errors] = await Promise.all([
    findPipeline(around, repository),
    findErrors(around, site.variables.get("SENTRY_DSN")),
  ]);
  const own = toldVariables(site.ids);
  const variables = site.place ? variableSettings(around, site.variables, errors.place !== undefined, own) : undefined;
  const findings = [repository, pipeline, errors, site];
  return {
    parts: { repository, pipeline, site, errors },
    settings: [...findings.flatMap(({ settings }) => settings), ...(variables?.settings ?? [])],
    secrets: variables?.secrets ?? new Map(),
    ids: Object.assign({}, ...findings.map(({ ids }) => ids)),
    masked: findings.flatMap(({ masked }) => masked),
    notes: [...findings.flatMap(({ notes }) => notes), ...(variables?.notes ?? [])],
    variables: site.variables,
  };
}

/**
 * A variable that the file has already stays where it is, plain or secret.
 * @param own names of those that the chain sets from now on.
 */
function variableSettings(
  around: Around,
  found: ReadonlyMap<string, string>,
  hasErrors: boolean,
  own: readonly string[],
) {
  const namesIn = (key: string): string[] => Object.keys((around.configured(key) ?? {}) as object);
  const declared = { plain: namesIn("site.variables"), secret: namesIn("secretVariables") };
  const { plain, secret, left, settings: ofOwnKeys } = sortVariables(found, hasErrors);
  const all = new Map([...plain, ...secret]);
  const isPlain = (name: string): boolean =>
    declared.plain.includes(name) || (plain.has(name) && !declared.secret.includes(name));
  const plainNames = [...all.keys()].filter(isPlain);
  const gone = declared.secret.filter((name) => !all.has(name));
  const settings: Setting[] = [
    ...ofOwnKeys,
    ...plainNames.map((name) => ({ key: `site.variables.${name}`, value: all.get(name) })),
    ...declared.plain
      .filter((name) => !all.has(name))
      .map((name) => ({ key: `site.variables.${name}`, value: undefined })),
    ...gone.map((name) => ({ key: `secretVariables.${name}`, value: undefined })),
  ];
  const secrets = [...all].filter(([name]) => !isPlain(name));
  return {
    settings,
    secrets: new Map(secrets.filter(([name, value]) => around.configured(`secretVariables.${name}`) !== value)),
    notes: [
      ...gone
        .filter((name) => !own.includes(name))
        .map((name) => `The site has no variable ${name}: secretVariables.${name} is only in the file's backup.`),
      ...left.map((name) => `The site's variable ${name} is left alone: the file cannot hold it.`),
    ],
  };
}
