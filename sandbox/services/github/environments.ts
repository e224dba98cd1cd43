/** `/repos/{owner}/{repo}/environments`: deployment environments. */
import { Hono } from "hono";
import { z } from "zod";
import { partKey } from "./data.ts";
import { notFound, unprocessable } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import type { Environment } from "./model.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { nodeId } from "./urls.ts";

const DOCS = "deployments/environments";
const putBody = z.object({
  wait_timer: z.int().min(0).max(43_200).default(0),
  prevent_self_review: z.boolean().default(false),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullable()
    .default(null),
});

/** The routes. */
export function environmentRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  const find = (repository: Repository, name: string): Environment => {
    const environment = github.data.environments.get(partKey(repository.id, name));
    if (!environment) throw notFound(`${DOCS}#get-an-environment`);
    return environment;
  };
  app.put("/:name", async (c) => {
    const repository = c.var.repository;
    const name = c.req.param("name");
    const body = await readBody(c, putBody, `${DOCS}#create-or-update-an-environment`);
    const policy = body.deployment_branch_policy;
    if (policy && policy.protected_branches === policy.custom_branch_policies) {
      throw unprocessable("protected_branches and custom_branch_policies cannot have the same value", DOCS);
    }
    const existing = github.data.environments.get(partKey(repository.id, name));
    const now = github.now();
    const environment: Environment = {
      id: existing?.id ?? github.nextId(),
      repositoryId: repository.id,
      name,
      waitTimer: body.wait_timer,
      preventSelfReview: body.prevent_self_review,
      branchPolicy: policy,
      createdAt: existing?.createdAt ?? now,
      updatedAt: now,
    };
    github.data.environments.put(partKey(repository.id, name), environment);
    return c.json(environmentView(github, repository, environment));
  });
  app.get("/:name", (c) =>
    c.json(environmentView(github, c.var.repository, find(c.var.repository, c.req.param("name")))),
  );
  app.delete("/:name", (c) => {
    const environment = find(c.var.repository, c.req.param("name"));
    github.data.environments.delete(partKey(environment.repositoryId, environment.name));
    return c.body(null, 204);
  });
  return app;
}

function environmentView(github: Github, repository: Repository, environment: Environment) {
  const name = encodeURIComponent(environment.name);
  const rule = (type: string, number: number) => ({
    id: environment.id * 10 + number,
    node_id: nodeId("GA", environment.id * 10 + number),
    type,
  });
  return {
    id: environment.id,
    node_id: nodeId("EN", environment.id),
    name: environment.name,
    url: github.urls.api(`${repositoryPath(repository)}/environments/${name}`),
    html_url: github.urls.html(
      `/${repository.owner}/${repository.name}/deployments/activity_log?environments_filter=${name}`,
    ),
    created_at: environment.createdAt,
    updated_at: environment.updatedAt,
    can_admins_bypass: true,
    protection_rules: [
      ...(environment.waitTimer > 0 ? [{ ...rule("wait_timer", 1), wait_timer: environment.waitTimer }] : []),
      ...(environment.branchPolicy ? [rule("branch_policy", 2)] : []),
    ],
    deployment_branch_policy: environment.branchPolicy,
  };
}
