/**
 * The variables that the chain itself sets: one row for each says where its value comes from, and which places get it.
 * A new row needs a value at each of its places, which the compiler asks for: the site's in environment/render-service.ts,
 * the context's in stacks/environment.ts.
 */

/** What of a configuration decides which variables there are. */
export interface Deciding {
  readonly application?: { readonly settingsModule?: string | undefined } | undefined;
  readonly database?: object | undefined;
  readonly cache?: object | undefined;
  readonly errors?: object | undefined;
  readonly site?: { readonly secretKey?: string | undefined } | undefined;
  readonly pipeline?: { readonly services?: Services | undefined } | undefined;
  /** The image, where CircleCI builds and deploys it. */
  readonly delivered?: { readonly username?: string | undefined; readonly hold: boolean } | undefined;
}

interface Services {
  readonly postgres?: string | undefined;
  readonly redis?: string | undefined;
}

/**
 * `build`: while static files are collected. `checks`: in the pipeline's jobs, without a context. `context`: in the
 * environment's context, for the pipeline's jobs. `site`: in the running site.
 */
export type Place = "build" | "checks" | "context" | "site";

type Condition = (deciding: Deciding) => boolean;

interface Variable {
  /** Where the value comes from, in words. */
  readonly source: string;
  /** The places that get it, and when. */
  readonly reaches: Readonly<Partial<Record<Place, Condition>>>;
  /** The key of the configuration that takes the value of an adopted site. */
  readonly key?: string;
  /** What it does for a site that has not had it, as a sentence. */
  readonly effect?: string;
  /** Stands in the build and the checks for a value that they must not know; it guards nothing. */
  readonly throwAway?: string;
  /** Whether the checks get it only where the settings do not load without it. */
  readonly isGivenWhenRead?: boolean;
  /** Whether the chain's image has a value of its own. */
  readonly isInImage?: boolean;
}

const ALWAYS: Condition = () => true;
const WITH_ERRORS: Condition = ({ errors }) => errors !== undefined;
const DELIVERED: Condition = ({ delivered }) => delivered !== undefined;
const WITH_LOGIN: Condition = ({ delivered }) => Boolean(delivered?.username);

/** The variable that tells the site its database. */
export const DATABASE_VARIABLE = "DATABASE_URL";
/** The variable that tells the site its cache. */
export const CACHE_VARIABLE = "REDIS_URL";

export const VARIABLES = {
  PORT: {
    source: "image.port",
    key: "image.port",
    reaches: { site: ALWAYS },
    effect: "The site is told to listen on image.port.",
  },
  DJANGO_SETTINGS_MODULE: {
    source: "application.settingsModule",
    key: "application.settingsModule",
    reaches: { build: ALWAYS, checks: ALWAYS, site: ({ application }) => Boolean(application?.settingsModule) },
    isInImage: true,
  },
  DJANGO_SECRET_KEY: {
    source: "Render, or what the site has",
    reaches: { build: ALWAYS, checks: ALWAYS, site: ({ site }) => site?.secretKey !== "value" },
    throwAway: "only-for-tests",
  },
  // Another name that settings often have for it.
  SECRET_KEY: {
    source: "the Dockerfile and the pipeline's file",
    reaches: { build: ALWAYS, checks: ALWAYS },
    throwAway: "only-for-tests",
    isGivenWhenRead: true,
  },
  DJANGO_ALLOWED_HOSTS: {
    source: "site.hosts and site.domains",
    reaches: { site: ALWAYS },
    effect: "Django is told which hosts to answer to.",
  },
  SENTRY_DSN: {
    source: "the site's key at Sentry",
    reaches: { context: WITH_ERRORS, site: WITH_ERRORS },
    effect: "The site reports its errors to the key of this stack.",
  },
  SENTRY_ENVIRONMENT: {
    source: "the environment's name",
    reaches: { context: WITH_ERRORS, site: ALWAYS },
    effect: "Errors carry the environment's name.",
  },
  SENTRY_RELEASE: { source: "the image's tag", reaches: { site: ALWAYS }, effect: "Errors carry the release." },
  RENDER_API_KEY: {
    source: "CI_RENDER_API_KEY or RENDER_API_KEY of the environment",
    reaches: { context: DELIVERED },
  },
  RENDER_SERVICE_ID: { source: "the site", reaches: { context: DELIVERED } },
  REGISTRY_USERNAME: { source: "image.username", reaches: { context: WITH_LOGIN } },
  REGISTRY_PASSWORD: { source: "image.password", reaches: { context: WITH_LOGIN } },
  SENTRY_AUTH_TOKEN: {
    source: "CI_SENTRY_AUTH_TOKEN or SENTRY_AUTH_TOKEN of the environment",
    reaches: { context: (deciding) => DELIVERED(deciding) && WITH_ERRORS(deciding) },
  },
  // While it is there, the job deploys nothing.
  DELIVERY_HOLD: { source: "image.hold", reaches: { context: ({ delivered }) => delivered?.hold === true } },
  [DATABASE_VARIABLE]: {
    source: "the site's database, or pipeline.services.postgres",
    reaches: {
      checks: ({ pipeline }) => Boolean(pipeline?.services?.postgres),
      site: ({ database }) => database !== undefined,
    },
  },
  [CACHE_VARIABLE]: {
    source: "the site's cache, or pipeline.services.redis",
    reaches: {
      checks: ({ pipeline }) => Boolean(pipeline?.services?.redis),
      site: ({ cache }) => cache !== undefined,
    },
  },
} as const satisfies Readonly<Record<string, Variable>>;

/** The variables that tell the site of these parts. */
export function toldVariables(parts: Readonly<Record<string, unknown>>): string[] {
  return [...("database" in parts ? [DATABASE_VARIABLE] : []), ...("cache" in parts ? [CACHE_VARIABLE] : [])];
}

type Table = typeof VARIABLES;

/** The names of the variables that may reach a place. */
export type VariableAt<P extends Place> = {
  [Name in keyof Table]: P extends keyof Table[Name]["reaches"] ? Name : never;
}[keyof Table];

const rows = Object.entries(VARIABLES) as (readonly [keyof Table, Variable])[];

/** The names of those that reach a place, in the order of the table. */
export function variablesAt<P extends Place>(place: P, deciding: Deciding): VariableAt<P>[] {
  return rows.flatMap(([name, { reaches }]) => (reaches[place]?.(deciding) ? [name as VariableAt<P>] : []));
}

/** Those that settings find in the site: what the chain tells it, and what its image has. */
export function variablesFoundAtSite(deciding: Deciding): string[] {
  return rows.flatMap(([name, { isInImage, reaches }]) =>
    isInImage || reaches.site?.(deciding) ? [name as string] : [],
  );
}

/**
 * Values for the checks that guard nothing, by name.
 * @param required the variables without which the settings do not load.
 */
export function throwAwayValues(required: readonly string[]): Record<string, string> {
  const thrownAway = rows.flatMap(([name, { throwAway, isGivenWhenRead, reaches }]) =>
    reaches.checks && throwAway && (!isGivenWhenRead || required.includes(name)) ? [[name, throwAway] as const] : [],
  );
  return Object.fromEntries(thrownAway);
}

/** What a variable of the chain's does for a site that has not had it, by its name. */
export function effectsAtSite(): Record<string, string> {
  return Object.fromEntries(rows.flatMap(([name, { effect }]) => (effect ? [[name, effect] as const] : [])));
}

/** The row of a name; undefined when the variable is a team's. */
export function variableNamed(name: string): Variable | undefined {
  return rows.find(([one]) => one === name)?.[1];
}
