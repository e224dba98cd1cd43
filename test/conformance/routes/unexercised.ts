/** The emulated routes that the run leaves out, and why they are there all the same. */

/** A few routes and one reason. */
export interface Unexercised {
  /** As `emulatedRoutes` names them. */
  readonly routes: readonly string[];
  readonly reason: string;
}

const REPOSITORY = "github %s /api/v3/repos/:owner/:repo";
const ofRepository = (method: string, path: string): string => `${REPOSITORY.replace("%s", method)}${path}`;

/** The list. A route that the run exercises, or that is gone, has to leave it: the test fails on it. */
export const unexercised: readonly Unexercised[] = [
  {
    routes: ["github POST /api/graphql"],
    reason:
      "The vendor's plugin asks it for branch protection, which the chain has rulesets for: told as not emulated.",
  },
  {
    routes: [
      ofRepository("GET", "/topics"),
      ofRepository("GET", "/branches"),
      ofRepository("GET", "/contents"),
      ofRepository("GET", "/commits"),
      ofRepository("GET", "/pulls"),
    ],
    reason: "Tests look with them at what the program, a push or a merge has left.",
  },
  {
    routes: [
      "github GET /:owner/:name/info/refs",
      "github POST /:owner/:name/git-upload-pack",
      "github POST /:owner/:name/git-receive-pack",
    ],
    reason: "Git clients talk to git's own programs there; tests clone and push.",
  },
  {
    routes: [
      ...["/api/v2/project/:vcs/:organization/:repository", "/api/v2/project/:slug"].flatMap((project) => [
        `circleci GET ${project}/pipeline`,
        `circleci POST ${project}/pipeline`,
        `circleci GET ${project}/job/:number{[0-9]+}`,
      ]),
      "circleci GET /api/v2/pipeline/:pipeline",
      "circleci GET /api/v2/pipeline/:pipeline/workflow",
      "circleci GET /api/v2/workflow/:workflow",
      "circleci GET /api/v2/workflow/:workflow/job",
      "circleci GET /api/v1.1/project/:vcs/:organization/:repository/:number{[0-9]+}/output/:step{[0-9]+}/:index",
    ],
    reason: "Tests look with them at pipelines, which need something that runs jobs.",
  },
  {
    routes: [
      "sentry GET /api/0/organizations/:organization/releases/",
      "sentry GET /api/0/projects/:organization/:project/keys/:key/",
    ],
    reason: "Tests look with them at what a pipeline or the plugin has left.",
  },
  {
    routes: [
      "sentry POST /api/:project{[0-9]+}/envelope/",
      "sentry POST /api/:project{[0-9]+}/store/",
      "sentry GET /api/0/projects/:organization/:project/issues/",
      "sentry GET /api/0/projects/:organization/:project/events/",
      "sentry GET /api/0/projects/:organization/:project/events/:event/",
    ],
    reason: "The site's SDK sends its errors there, and tests read them; no site runs here.",
  },
  {
    routes: ["render GET /deploy/:service", "render POST /deploy/:service"],
    reason: "Deploy hooks, for whoever has the address: how a pipeline that is not ours deploys.",
  },
  {
    routes: ["render GET /db/:postgres/:file"],
    reason: "The files of exports, for whoever has the address: no database really runs here.",
  },
];
