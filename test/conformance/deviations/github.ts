/** Where the traffic with GitHub is not as its description says, and why it stays so. */
import type { Deviation } from "./deviation.ts";

const REPOSITORY = "/repos/{owner}/{repo}";
const HOMEPAGE = '/homepage must match format "uri"';

export const githubDeviations: readonly Deviation[] = [
  {
    service: "github",
    routes: [`PATCH ${REPOSITORY}`],
    problems: [
      "request body /auto_init is not described",
      "request body /gitignore_template is not described",
      "request body /has_discussions is not described",
      "request body /has_downloads is not described",
      "request body /license_template is not described",
      "request body /topics is not described",
    ],
    reason:
      "The vendor's plugin has one body for creating and for changing a repository. GitHub ignores the rest of it.",
  },
  {
    service: "github",
    routes: ["POST /orgs/{org}/repos"],
    problems: ["request body /allow_update_branch is not described", "request body /has_discussions is not described"],
    reason: "The same body. The vendor's plugin sends both settings again with the change that follows at once.",
  },
  {
    service: "github",
    routes: [`POST ${REPOSITORY}/rulesets`, `PUT ${REPOSITORY}/rulesets/{ruleset_id}`],
    problems: ["request body /source is not described", "request body /source_type is not described"],
    reason: "The vendor's plugin sends what it reads: whose ruleset it is. GitHub takes that from the path.",
  },
  {
    service: "github",
    routes: [`DELETE ${REPOSITORY}/contents/{path}`],
    problems: ["request body /content is not described"],
    reason: "The vendor's plugin has one body for writing and for deleting a file.",
  },
  {
    service: "github",
    routes: ["POST /orgs/{org}/repos"],
    problems: [`response 201 ${HOMEPAGE}`],
    reason: "A repository whose homepage was sent as empty text has it as empty text.",
  },
  {
    service: "github",
    routes: [`GET ${REPOSITORY}`, `PATCH ${REPOSITORY}`],
    problems: [`response 200 ${HOMEPAGE}`],
    reason: "A repository whose homepage was sent as empty text has it as empty text.",
  },
  {
    service: "github",
    routes: [`GET ${REPOSITORY}`],
    problems: ["response 304 is not described"],
    reason:
      "Any GET with the ETag of what has not changed is answered so (GitHub Docs, Best practices for the REST API).",
  },
  {
    service: "github",
    routes: [
      "GET /api/v3/rate_limit",
      "GET /api/v3/user/memberships/orgs/*",
      "GET /api/v3/repos/*/*/invitations",
      "GET /api/v3/repos/*/*/issues",
      "POST /api/v3/repos/*/*/issues",
      "GET /api/v3/repos/*/*/issues/*",
      "PATCH /api/v3/repos/*/*/issues/*",
      "GET /api/v3/repos/*/*/issues/*/labels",
      "POST /api/v3/repos/*/*/issues/*/labels",
      "DELETE /api/v3/repos/*/*/issues/*/labels/*",
    ],
    problems: ["not described"],
    reason: "GitHub describes them; the description at hand is cut down to some of the paths.",
  },
  {
    service: "github",
    routes: [`GET ${REPOSITORY}/commits/{ref}`],
    problems: ["response 200 must be object"],
    reason:
      "The pull requests of a commit are left out of the description at hand, and read as those of a commit's name.",
  },
  {
    service: "github",
    routes: ["GET /user"],
    problems: ["response 429 is not described"],
    reason: "Any request may meet it (GitHub Docs, Rate limits for the REST API).",
  },
];
