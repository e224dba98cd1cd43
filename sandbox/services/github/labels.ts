/** `/repos/{owner}/{repo}/labels`. */
import { Hono } from "hono";
import { z } from "zod";
import { partKey } from "./data.ts";
import { notFound, validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import type { Label } from "./model.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";
import { nodeId } from "./urls.ts";

const DEFAULT_COLOR = "ededed";
const color = z
  .string()
  .regex(/^[0-9a-fA-F]{6}$/)
  .transform((hex) => hex.toLowerCase());
const createBody = z.object({
  name: z.string().min(1),
  color: color.default(DEFAULT_COLOR),
  description: z.string().nullable().default(null),
});

/** The routes. */
export function labelRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  app.post("/", async (c) => {
    const repository = c.var.repository;
    const body = await readBody(c, createBody, "issues/labels#create-a-label");
    refuseDuplicate(github, repository, body.name);
    return c.json(labelView(github, repository, save(github, { ...body, ...newLabel(github, repository) })), 201);
  });
  app.get("/:name", (c) => {
    return c.json(labelView(github, c.var.repository, find(github, c.var.repository, c.req.param("name"))));
  });
  return app;
}

/** Makes the labels that the repository does not have, as GitHub does when an issue gets a new one. */
export function ensureLabels(github: Github, repository: Repository, names: readonly string[]): void {
  for (const name of names) {
    if (github.data.labels.get(key(repository, name))) continue;
    save(github, { name, color: DEFAULT_COLOR, description: null, ...newLabel(github, repository) });
  }
}

/** The labels with the given names, as JSON. */
export function labelsOf(github: Github, repository: Repository, names: readonly string[]) {
  return names.flatMap((name) => {
    const label = github.data.labels.get(key(repository, name));
    return label ? [labelView(github, repository, label)] : [];
  });
}

function newLabel(github: Github, repository: Repository): Pick<Label, "id" | "repositoryId"> {
  return { id: github.nextId(), repositoryId: repository.id };
}

/** Labels differ by more than case. */
function key(repository: Repository, name: string): string {
  return partKey(repository.id, name.toLowerCase());
}

function save(github: Github, label: Label): Label {
  return github.data.labels.put(partKey(label.repositoryId, label.name.toLowerCase()), label);
}

function find(github: Github, repository: Repository, name: string): Label {
  const label = github.data.labels.get(key(repository, name));
  if (!label) throw notFound("issues/labels#get-a-label");
  return label;
}

function refuseDuplicate(github: Github, repository: Repository, name: string): void {
  if (github.data.labels.get(key(repository, name))) {
    throw validationFailed(
      [{ resource: "Label", code: "already_exists", field: "name" }],
      "issues/labels#create-a-label",
    );
  }
}

function labelView(github: Github, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId("LA", label.id),
    url: github.urls.api(`${repositoryPath(repository)}/labels/${encodeURIComponent(label.name)}`),
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}
