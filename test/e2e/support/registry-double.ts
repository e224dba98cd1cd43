/**
 * A double of an image registry that issues tokens, and of Docker Hub's own API beside it, on loopback. It holds no
 * images: what it knows is who may do what, and which tags there are.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A repository, by its path, e.g. `acme/site`. */
export interface DoubledRepository {
  readonly isPrivate: boolean;
  readonly tags?: readonly string[];
}

/** What it knows; may be changed between requests. */
export interface RegistryContent {
  /** Passwords by user name. */
  users: Record<string, string>;
  /** Users who may push; the others only pull. */
  writers: readonly string[];
  repositories: Record<string, DoubledRepository>;
}

/** A started double. */
export interface RegistryDouble {
  /** `localhost:PORT`, as the name of an image has it. */
  readonly address: string;
  /** `http://127.0.0.1:PORT`, in the place of Docker Hub's addresses. */
  readonly url: string;
  readonly content: RegistryContent;
  /** The requests so far, as `METHOD path`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startRegistryDouble(content: RegistryContent): Promise<RegistryDouble> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split("?")[0]}`);
    answer(request, response, content).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `localhost:${port}`,
    url: `http://127.0.0.1:${port}`,
    content,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, content: RegistryContent): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const send = (status: number, body: object, headers = {}): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
  const challenge = { "www-authenticate": `Bearer realm="${url.origin}/token",service="double"` };
  if (url.pathname === "/token") return send(...issue(request, url, content));
  if (url.pathname === "/v2/auth/token") return send(...(await hubToken(request, content)));
  const [, hub] = /^\/v2\/namespaces\/(.+)$/.exec(url.pathname) ?? [];
  if (hub) return send(...hubRepository(request, hub.replace("/repositories/", "/"), content));
  const { authorization } = request.headers;
  if (!authorization?.startsWith("Bearer ")) return send(401, { errors: [] }, challenge);
  const [, name = "", tag = ""] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname) ?? [];
  if (!content.repositories[name]?.tags?.includes(tag)) return void response.writeHead(404).end();
  const digest = createHash("sha256").update(`${name}:${tag}`).digest("hex");
  response.writeHead(200, { "docker-content-digest": `sha256:${digest}` }).end();
}

type Sent = [status: number, body: object];

/** A token whose claims say what it allows: of a private repository nothing to those who do not log in. */
function issue(request: IncomingMessage, url: URL, content: RegistryContent): Sent {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const [user = "", password = ""] = basic ? Buffer.from(basic, "base64").toString().split(":") : [];
  if (basic && content.users[user] !== password) return [401, { details: "incorrect username or password" }];
  const [type, name = "", wanted = ""] = (url.searchParams.get("scope") ?? "").split(":");
  const mayPull = basic !== undefined || content.repositories[name]?.isPrivate === false;
  const allowed = [...(mayPull ? ["pull"] : []), ...(content.writers.includes(user) ? ["push"] : [])];
  const actions = wanted.split(",").filter((action) => allowed.includes(action));
  return [200, { token: jwt({ access: [{ type, name, actions }] }) }];
}

async function hubToken(request: IncomingMessage, content: RegistryContent): Promise<Sent> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { identifier, secret } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
  if (identifier === undefined || content.users[identifier] !== secret) return [401, { message: "unauthorized" }];
  return [200, { access_token: jwt({ sub: identifier }) }];
}

function hubRepository(request: IncomingMessage, path: string, content: RegistryContent): Sent {
  const repository = content.repositories[path];
  const token = request.headers.authorization?.split(".")[1];
  if (!repository || (repository.isPrivate && !token)) return [404, { message: "object not found" }];
  const { sub } = token ? (JSON.parse(Buffer.from(token, "base64url").toString()) as { sub: string }) : { sub: "" };
  const permissions = { read: true, write: content.writers.includes(sub), admin: false };
  return [200, { name: path.split("/")[1], is_private: repository.isPrivate, permissions }];
}

function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(claims)}.unsigned`;
}
