/** `/repos/{owner}/{repo}/keys`: deploy keys. */
import { Hono } from "hono";
import { z } from "zod";
import { partKey } from "./data.ts";
import { notFound, validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import type { DeployKey } from "./model.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

const DOCS = "deploy-keys/deploy-keys";
const OPENSSH_KEY = /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-nistp\d+|sk-\S+) [A-Za-z0-9+/]+={0,2}/;
const createBody = z.object({ key: z.string(), title: z.string().default(""), read_only: z.boolean().default(false) });

/** The routes. */
export function deployKeyRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  const find = (repository: Repository, id: string): DeployKey => {
    const key = github.data.deployKeys.get(partKey(repository.id, id));
    if (!key) throw notFound(`${DOCS}#get-a-deploy-key`);
    return key;
  };
  app.post("/", async (c) => {
    const repository = c.var.repository;
    const body = await readBody(c, createBody, `${DOCS}#create-a-deploy-key`);
    const key = withoutComment(body.key);
    // A key opens one repository only, of all that there are.
    if (github.data.deployKeys.find((other) => other.key === key)) throw refuse("key is already in use");
    const id = github.nextId();
    const stored = {
      id,
      key,
      title: body.title,
      readOnly: body.read_only,
      repositoryId: repository.id,
      createdAt: github.now(),
    };
    github.data.deployKeys.put(partKey(repository.id, id), stored);
    return c.json(keyView(github, repository, stored), 201);
  });
  app.get("/:id{[0-9]+}", (c) => c.json(keyView(github, c.var.repository, find(c.var.repository, c.req.param("id")))));
  app.delete("/:id{[0-9]+}", (c) => {
    const key = find(c.var.repository, c.req.param("id"));
    github.data.deployKeys.delete(partKey(key.repositoryId, key.id));
    return c.body(null, 204);
  });
  return app;
}

function refuse(message: string): Error {
  return validationFailed([{ resource: "PublicKey", code: "custom", field: "key", message }], DOCS);
}

function withoutComment(key: string): string {
  const [bare] = OPENSSH_KEY.exec(key.trim()) ?? [];
  if (!bare) throw refuse("key is invalid. You must supply a key in OpenSSH public key format");
  return bare;
}

function keyView(github: Github, repository: Repository, key: DeployKey) {
  return {
    id: key.id,
    key: key.key,
    url: github.urls.api(`${repositoryPath(repository)}/keys/${key.id}`),
    title: key.title,
    verified: true,
    created_at: key.createdAt,
    read_only: key.readOnly,
    added_by: github.identity.actor.login,
    last_used: null,
    enabled: true,
  };
}
