/** Branches and references of a repository: `/branches`, `/git/ref`, `/git/refs`. */
import { Hono } from "hono";
import { z } from "zod";
import { branchView, shortBranchView } from "./commit-view.ts";
import { partKey } from "./data.ts";
import { notFound, unprocessable } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { commitLog, findBranch, findCommit, listBranches, setBranch } from "./history.ts";
import { readBody } from "./input.ts";
import type { Branch, Commit } from "./model.ts";
import { paginate } from "./paging.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { type BranchChange, ruleViolations } from "./rule-enforcement.ts";
import { nodeId } from "./urls.ts";

const DOCS = "git/refs";
const createBody = z.object({ ref: z.string(), sha: z.string() });
const updateBody = z.object({ sha: z.string(), force: z.boolean().default(false) });

/** The routes of `/branches`. */
export function branchRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/", (c) => {
    const repository = c.var.repository;
    const branches = listBranches(github, repository).map((branch) => shortBranchView(github, repository, branch));
    const page = paginate(c, branches, github.urls.api(`${repositoryPath(repository)}/branches`));
    return c.json(page.items, 200, page.headers);
  });
  app.get("/:branch{.+}", (c) => {
    const repository = c.var.repository;
    const branch = findBranch(github, repository, c.req.param("branch"));
    if (!branch) throw notFound("branches/branches#get-a-branch", "Branch not found");
    return c.json(branchView(github, repository, branch, headCommit(github, repository, branch)));
  });
  return app;
}

/** The routes of `/git`. */
export function refRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/ref/heads/:branch{.+}", (c) => {
    const branch = findBranch(github, c.var.repository, c.req.param("branch"));
    if (!branch) throw notFound(`${DOCS}#get-a-reference`);
    return c.json(refView(github, c.var.repository, branch));
  });
  app.post("/refs", async (c) => {
    const repository = c.var.repository;
    const { ref, sha } = await readBody(c, createBody, `${DOCS}#create-a-reference`);
    const name = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
    if (!name)
      throw unprocessable("Reference name must start with 'refs/' and contain at least three components", DOCS);
    if (!findCommit(github, repository, sha)) throw unprocessable("Object does not exist", DOCS);
    if (findBranch(github, repository, name)) throw unprocessable("Reference already exists", DOCS);
    refuse(github, repository, { branch: name, kind: "create" });
    setBranch(github, repository, name, sha);
    return c.json(refView(github, repository, { repositoryId: repository.id, name, sha }), 201);
  });
  app.patch("/refs/heads/:branch{.+}", async (c) => {
    const repository = c.var.repository;
    const { sha, force } = await readBody(c, updateBody, `${DOCS}#update-a-reference`);
    const branch = findBranch(github, repository, c.req.param("branch"));
    if (!branch) throw unprocessable("Reference does not exist", DOCS);
    const target = findCommit(github, repository, sha);
    if (!target) throw unprocessable("Object does not exist", DOCS);
    const fastForward = commitLog(github, repository, target).some((commit) => commit.sha === branch.sha);
    if (!fastForward && !force) throw unprocessable("Update is not a fast forward", DOCS);
    refuse(github, repository, { branch: branch.name, kind: fastForward ? "update" : "force-update" });
    setBranch(github, repository, branch.name, sha);
    return c.json(refView(github, repository, { ...branch, sha }));
  });
  app.delete("/refs/heads/:branch{.+}", (c) => {
    const repository = c.var.repository;
    const branch = findBranch(github, repository, c.req.param("branch"));
    if (!branch) throw unprocessable("Reference does not exist", DOCS);
    refuse(github, repository, { branch: branch.name, kind: "delete" });
    github.data.branches.delete(partKey(repository.id, branch.name));
    return c.body(null, 204);
  });
  return app;
}

function headCommit(github: Github, repository: Repository, branch: Branch): Commit {
  const commit = findCommit(github, repository, branch.sha);
  if (!commit) throw new Error(`commit ${branch.sha} of branch ${branch.name} is not stored`);
  return commit;
}

function refuse(github: Github, repository: Repository, change: BranchChange): void {
  const violations = ruleViolations(github, repository, change);
  if (violations) throw unprocessable(violations, DOCS);
}

function refView(github: Github, repository: Repository, branch: Branch) {
  const git = github.urls.api(`${repositoryPath(repository)}/git`);
  return {
    ref: `refs/heads/${branch.name}`,
    node_id: nodeId("REF", `${repository.id}:${branch.name}`),
    url: `${git}/refs/heads/${branch.name}`,
    object: { type: "commit", sha: branch.sha, url: `${git}/commits/${branch.sha}` },
  };
}
