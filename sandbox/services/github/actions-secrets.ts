/** `/repos/{owner}/{repo}/actions/secrets`: names and dates only; values are sealed for a key that nobody keeps. */
import { generateKeyPairSync } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { partKey } from "./data.ts";
import { invalidRequest, notFound, unprocessable } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import type { ActionsSecret } from "./model.ts";
import type { Repository } from "./repository.ts";

const DOCS = "actions/secrets";
const putBody = z.object({ encrypted_value: z.string(), key_id: z.string() });

/** The routes. */
export function actionsSecretRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  const sealingKey = newSealingKey();
  const find = (repository: Repository, name: string): ActionsSecret => {
    const secret = github.data.secrets.get(partKey(repository.id, name.toUpperCase()));
    if (!secret) throw notFound(`${DOCS}#get-a-repository-secret`);
    return secret;
  };
  app.get("/public-key", (c) => c.json(sealingKey));
  app.get("/:name", (c) => c.json(secretView(find(c.var.repository, c.req.param("name")))));
  app.put("/:name", async (c) => {
    const repository = c.var.repository;
    const name = c.req.param("name").toUpperCase();
    const body = await readBody(c, putBody, `${DOCS}#create-or-update-a-repository-secret`);
    if (!/^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/.test(name)) throw unprocessable(`Secret name ${name} is not allowed.`, DOCS);
    if (body.key_id !== sealingKey.key_id) throw invalidRequest(["The key_id is not of the current public key."], DOCS);
    const existing = github.data.secrets.get(partKey(repository.id, name));
    const now = github.now();
    const secret = { repositoryId: repository.id, name, createdAt: existing?.createdAt ?? now, updatedAt: now };
    github.data.secrets.put(partKey(repository.id, name), secret);
    return existing ? c.body(null, 204) : c.json({}, 201);
  });
  app.delete("/:name", (c) => {
    const secret = find(c.var.repository, c.req.param("name"));
    github.data.secrets.delete(partKey(secret.repositoryId, secret.name));
    return c.body(null, 204);
  });
  return app;
}

/** A real X25519 key, as clients seal with it. */
function newSealingKey(): { key_id: string; key: string } {
  const { publicKey } = generateKeyPairSync("x25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return { key_id: "568250167242549743", key: Buffer.from(String(x), "base64url").toString("base64") };
}

function secretView(secret: ActionsSecret) {
  return { name: secret.name, created_at: secret.createdAt, updated_at: secret.updatedAt };
}
