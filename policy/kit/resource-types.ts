/** The resource types that the rules are about. */
export const REPOSITORY = "github:index/repository:Repository";
export const RULESET = "github:index/repositoryRuleset:RepositoryRuleset";
export const CI_PROJECT = "circleci:index:Project";
export const CONTEXT = "circleci:index:Context";
export const CONTEXT_RESTRICTION = "circleci:index:ContextRestriction";
export const ERROR_PROJECT = "sentry:index/sentryProject:SentryProject";
export const ERROR_KEY = "sentry:index/sentryKey:SentryKey";
export const WEB_SERVICE = "render:index:WebService";
export const POSTGRES = "render:index:Postgres";
export const KEY_VALUE = "render:index:KeyValue";
