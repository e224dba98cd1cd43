/** `/repos/{owner}/{repo}/rulesets`. */
import { Hono } from "hono";
import { partKey } from "./data.ts";
import { notFound, validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import { paginate } from "./paging.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { currentUserBypass } from "./rule-enforcement.ts";
import { type BypassActor, createRulesetBody, type Ruleset, updateRulesetBody } from "./ruleset.ts";
import { rulesetProblems } from "./ruleset-validation.ts";
import { nodeId } from "./urls.ts";

const CREATE_DOCS = "repos/rules#create-a-repository-ruleset";
const UPDATE_DOCS = "repos/rules#update-a-repository-ruleset";
const READ_DOCS = "repos/rules#get-a-repository-ruleset";

/** The routes. */
export function rulesetRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.get("/", (c) => {
    const repository = c.var.repository;
    const page = paginate(
      c,
      ofRepository(github, repository),
      github.urls.api(`${repositoryPath(repository)}/rulesets`),
    );
    return c.json(
      page.items.map((ruleset) => summary(github, repository, ruleset)),
      200,
      page.headers,
    );
  });
  app.post("/", async (c) => {
    const content = await readBody(c, createRulesetBody, CREATE_DOCS);
    const now = github.now();
    const ruleset = save(github, c.var.repository, CREATE_DOCS, {
      ...content,
      id: github.nextId(),
      repositoryId: c.var.repository.id,
      createdAt: now,
      updatedAt: now,
    });
    return c.json(detail(github, c.var.repository, ruleset), 201);
  });
  app.get("/:id{[0-9]+}", (c) => {
    return c.json(detail(github, c.var.repository, find(github, c.var.repository, c.req.param("id"))));
  });
  app.put("/:id{[0-9]+}", async (c) => {
    const current = find(github, c.var.repository, c.req.param("id"));
    const changes = await readBody(c, updateRulesetBody, UPDATE_DOCS);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const changed = { ...current, ...given, updatedAt: github.now() };
    return c.json(detail(github, c.var.repository, save(github, c.var.repository, UPDATE_DOCS, changed)));
  });
  app.delete("/:id{[0-9]+}", (c) => {
    const ruleset = find(github, c.var.repository, c.req.param("id"));
    github.data.rulesets.delete(partKey(ruleset.repositoryId, ruleset.id));
    return c.body(null, 204);
  });
  return app;
}

function ofRepository(github: Github, repository: Repository): Ruleset[] {
  return github.data.rulesets.list((ruleset) => ruleset.repositoryId === repository.id);
}

function find(github: Github, repository: Repository, id: string): Ruleset {
  const ruleset = github.data.rulesets.get(partKey(repository.id, id));
  if (!ruleset) throw notFound(READ_DOCS);
  return ruleset;
}

function save(github: Github, repository: Repository, docs: string, ruleset: Ruleset): Ruleset {
  const problems = rulesetProblems(github, ofRepository(github, repository), ruleset);
  if (problems.length > 0) throw validationFailed(problems, docs);
  const stored = { ...ruleset, bypass_actors: ruleset.bypass_actors.map(normalActor) };
  return github.data.rulesets.put(partKey(repository.id, ruleset.id), stored);
}

/** Actors without an id of their own are answered with null, whatever was sent. */
function normalActor(actor: BypassActor): BypassActor {
  const hasId = actor.actor_type !== "OrganizationAdmin" && actor.actor_type !== "DeployKey";
  return { ...actor, actor_id: hasId ? (actor.actor_id ?? null) : null };
}

function summary(github: Github, repository: Repository, ruleset: Ruleset) {
  const path = `${repositoryPath(repository)}/rulesets/${ruleset.id}`;
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: ruleset.target,
    source_type: "Repository",
    source: `${repository.owner}/${repository.name}`,
    enforcement: ruleset.enforcement,
    node_id: nodeId("RRS", ruleset.id),
    _links: {
      self: { href: github.urls.api(path) },
      html: { href: github.urls.html(`/${repository.owner}/${repository.name}/rules/${ruleset.id}`) },
    },
    created_at: ruleset.createdAt,
    updated_at: ruleset.updatedAt,
  };
}

function detail(github: Github, repository: Repository, ruleset: Ruleset) {
  return {
    ...summary(github, repository, ruleset),
    conditions: ruleset.conditions,
    rules: ruleset.rules,
    bypass_actors: ruleset.bypass_actors,
    current_user_can_bypass: currentUserBypass(github, ruleset),
  };
}
