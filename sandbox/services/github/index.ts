/** The emulated GitHub: an Enterprise-style server with REST under `/api/v3`. */
import { Hono } from "hono";
import { markNotEmulated } from "../core/exchange.ts";
import type { EmulatedService, ServiceContext } from "../core/service.ts";
import { accountRoutes } from "./accounts.ts";
import { actionsSecretRoutes } from "./actions-secrets.ts";
import { branchRoutes, refRoutes } from "./branches.ts";
import { collaboratorRoutes } from "./collaborators.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentsRoutes } from "./contents.ts";
import { deployKeyRoutes } from "./deploy-keys.ts";
import { authentication, entityTags, rateLimitHeaders, senders } from "./edge.ts";
import { environmentRoutes } from "./environments.ts";
import { gitFolder } from "./git/git-folder.ts";
import { gitRoutes } from "./git/git-routes.ts";
import { type Github, openGithub, type PushListener } from "./github.ts";
import { hookRoutes } from "./hooks.ts";
import { issueLabelRoutes } from "./issue-labels.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { rulesetsOfPlan, tokenPermissions } from "./limits.ts";
import { githubOverview } from "./overview.ts";
import { pullRoutes } from "./pulls.ts";
import { repositoryListRoutes, repositoryRoutes } from "./repositories.ts";
import { featureRoutes } from "./repository-features.ts";
import { repositoryLookup } from "./repository-lookup.ts";
import { repositoryPath } from "./repository-view.ts";
import { rulesetRoutes } from "./rulesets.ts";
import { statusRoutes } from "./statuses.ts";

/** What the service may be given. */
export interface GithubOptions {
  /** Folder of the bare repositories; without it one that is removed at the end. */
  readonly gitFolder?: string | undefined;
  /** Hears of every push and merge. */
  readonly onPush?: PushListener | undefined;
}

/** Builds the service on its context. */
export function githubService(context: ServiceContext, options: GithubOptions = {}): EmulatedService {
  const github = openGithub(context, options.onPush);
  const folder = gitFolder(options.gitFolder);
  const app = new Hono({ getPath: (request) => pathOf(request, github) });
  app.use(
    "/api/*",
    senders(),
    rateLimitHeaders(context.now, context.account),
    authentication(github.identity),
    entityTags(),
  );
  app.post("/api/graphql", (c) => {
    markNotEmulated(c.req.raw);
    const message = "The sandbox does not emulate GraphQL. Use a resource that calls the REST API.";
    return c.json({ data: null, errors: [{ type: "NOT_EMULATED", message }] });
  });
  app.route("/api/v3", restApi(github));
  app.route("/", gitRoutes(github, folder.path));
  return {
    name: "github",
    app,
    state: () =>
      Object.fromEntries(Object.entries(github.data).map(([kind, collection]) => [kind, collection.list().length])),
    overview: () => githubOverview(github),
    close: folder.close,
  };
}

/** The path to route; `/repositories/{id}`, to which GitHub redirects former names, stands for the present one. */
function pathOf(request: Request, github: Github): string {
  const { pathname } = new URL(request.url);
  const [, id, rest] = /^\/api\/v3\/repositories\/(\d+)(\/.*)?$/.exec(pathname) ?? [];
  const repository = id === undefined ? undefined : github.data.repositories.get(id);
  return repository ? `/api/v3${repositoryPath(repository)}${rest ?? ""}` : pathname;
}

function restApi(github: Github): Hono {
  const app = new Hono();
  app.route("/", accountRoutes(github));
  app.get("/rate_limit", (c) => c.json({}));
  app.route("/", repositoryListRoutes(github));
  const repository = "/repos/:owner/:repo";
  app.use(repository, repositoryLookup(github));
  app.use(`${repository}/*`, repositoryLookup(github));
  app.use(`${repository}/*`, tokenPermissions(github.limits));
  app.use(`${repository}/rulesets/*`, rulesetsOfPlan(github.limits));
  app.route(repository, repositoryRoutes(github));
  app.route(repository, featureRoutes(github));
  app.route(`${repository}/branches`, branchRoutes(github));
  app.route(`${repository}/git`, refRoutes(github));
  app.route(`${repository}/contents`, contentsRoutes(github));
  app.route(`${repository}/commits`, commitRoutes(github));
  app.route(`${repository}/statuses`, statusRoutes(github));
  app.route(`${repository}/rulesets`, rulesetRoutes(github));
  app.route(`${repository}/issues`, commentRoutes(github));
  app.route(`${repository}/issues`, issueLabelRoutes(github));
  app.route(`${repository}/issues`, issueRoutes(github));
  app.route(`${repository}/labels`, labelRoutes(github));
  app.route(`${repository}/pulls`, pullRoutes(github));
  app.route(`${repository}/hooks`, hookRoutes(github));
  app.route(`${repository}/keys`, deployKeyRoutes(github));
  app.route(`${repository}/environments`, environmentRoutes(github));
  app.route(`${repository}/actions/secrets`, actionsSecretRoutes(github));
  app.route(repository, collaboratorRoutes(github));
  return app;
}
