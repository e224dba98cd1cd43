/** `/repos/{owner}/{repo}/hooks`: webhooks. The sandbox keeps them and delivers nothing. */
import { Hono } from "hono";
import { z } from "zod";
import { partKey } from "./data.ts";
import { notFound, validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import type { Hook } from "./model.ts";
import { paginate } from "./paging.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

const DOCS = "repos/webhooks#create-a-repository-webhook";
const config = z.object({
  url: z.string().optional(),
  content_type: z.string().default("form"),
  secret: z.string().optional(),
  insecure_ssl: z.union([z.string(), z.number()]).default("0").transform(String),
});
const createBody = z.object({
  name: z.literal("web").default("web"),
  active: z.boolean().default(true),
  events: z.array(z.string()).default(["push"]),
  config,
});
const updateBody = z
  .object({
    active: z.boolean(),
    events: z.array(z.string()),
    add_events: z.array(z.string()),
    remove_events: z.array(z.string()),
    config,
  })
  .partial();

/** The routes. */
export function hookRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  const ofRepository = (repository: Repository): Hook[] =>
    github.data.hooks.list((hook) => hook.repositoryId === repository.id);
  const find = (repository: Repository, id: string): Hook => {
    const hook = github.data.hooks.get(partKey(repository.id, id));
    if (!hook) throw notFound("repos/webhooks#get-a-repository-webhook");
    return hook;
  };
  app.get("/", (c) => {
    const repository = c.var.repository;
    const page = paginate(c, ofRepository(repository), github.urls.api(`${repositoryPath(repository)}/hooks`));
    return c.json(
      page.items.map((hook) => hookView(github, repository, hook)),
      200,
      page.headers,
    );
  });
  app.post("/", async (c) => {
    const repository = c.var.repository;
    const { name: _name, ...body } = await readBody(c, createBody, DOCS);
    const stored = checkedConfig(body.config);
    if (ofRepository(repository).some((hook) => hook.config["url"] === stored["url"])) {
      const message = "Hook already exists on this repository";
      throw validationFailed([{ resource: "Hook", code: "custom", field: "url", message }], DOCS);
    }
    const now = github.now();
    const id = github.nextId();
    const hook = { ...body, config: stored, id, repositoryId: repository.id, createdAt: now, updatedAt: now };
    github.data.hooks.put(partKey(repository.id, id), hook);
    return c.json(hookView(github, repository, hook), 201);
  });
  app.get("/:id{[0-9]+}", (c) => c.json(hookView(github, c.var.repository, find(c.var.repository, c.req.param("id")))));
  app.patch("/:id{[0-9]+}", async (c) => {
    const repository = c.var.repository;
    const hook = find(repository, c.req.param("id"));
    const body = await readBody(c, updateBody, "repos/webhooks#update-a-repository-webhook");
    const events = [...(body.events ?? hook.events), ...(body.add_events ?? [])];
    const changed = {
      ...hook,
      active: body.active ?? hook.active,
      events: [...new Set(events)].filter((event) => !body.remove_events?.includes(event)),
      config: body.config ? checkedConfig(body.config) : hook.config,
      updatedAt: github.now(),
    };
    github.data.hooks.put(partKey(repository.id, hook.id), changed);
    return c.json(hookView(github, repository, changed));
  });
  app.delete("/:id{[0-9]+}", (c) => {
    const hook = find(c.var.repository, c.req.param("id"));
    github.data.hooks.delete(partKey(hook.repositoryId, hook.id));
    return c.body(null, 204);
  });
  return app;
}

function checkedConfig(given: z.output<typeof config>): Record<string, string> {
  const { url, ...rest } = given;
  if (url === undefined || !URL.canParse(url)) {
    const message = "url is missing or not a URL";
    throw validationFailed([{ resource: "Hook", code: "custom", field: "url", message }], DOCS);
  }
  const { secret, ...plain } = rest;
  return { url, ...plain, ...(secret !== undefined && { secret }) };
}

function hookView(github: Github, repository: Repository, hook: Hook) {
  const url = github.urls.api(`${repositoryPath(repository)}/hooks/${hook.id}`);
  return {
    type: "Repository",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: hook.events,
    config: { ...hook.config, ...(hook.config["secret"] && { secret: "********" }) },
    updated_at: hook.updatedAt,
    created_at: hook.createdAt,
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: { code: null, status: "unused", message: null },
  };
}
