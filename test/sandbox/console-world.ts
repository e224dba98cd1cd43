/** Emulated services with something in each, for the tests of the console's page. */
import { createHash } from "node:crypto";
import type { ServicesOptions } from "../../sandbox/services/host.ts";
import { type ServicesUnderTest, startForTest } from "./core-client.ts";

/** Secrets that `fill` hands to the services; they must not show anywhere. */
export const secrets = {
  contextVariable: "the-value-of-a-context-variable",
  registryToken: "the-token-of-a-registry-login",
  siteVariable: "the-secret-key-of-the-site",
};

/** A name that would be a script if it were taken for HTML. */
export const hostileName = `<img src=x onerror="document.title='taken over'">`;

/** What the image registry lists. */
export const image = {
  repository: "acme/site",
  tag: "content-1",
  digest: `sha256:${createHash("sha256").update("content-1").digest("hex")}`,
};

/** Started services; the registry holds one image. */
export function startWorld(options: Partial<ServicesOptions> = {}): Promise<ServicesUnderTest> {
  return startForTest({ images: async () => [image], ...options });
}

/** Sends JSON to a service as its own clients do, and gives the answer's body. Throws when it is refused. */
export async function send(
  { running }: ServicesUnderTest,
  service: "github" | "circleci" | "sentry" | "render",
  method: string,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it.
): Promise<any> {
  const { env } = running;
  const headers = {
    github: { Authorization: `Bearer ${env["GITHUB_TOKEN"]}` },
    circleci: { "Circle-Token": env["CIRCLE_TOKEN"] ?? "" },
    sentry: { Authorization: `Bearer ${env["SENTRY_AUTH_TOKEN"]}` },
    render: { Authorization: `Bearer ${env["RENDER_API_KEY"]}` },
  }[service];
  const response = await fetch(`${running.services[service].baseUrl}${path}`, {
    method,
    headers: { ...headers, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} ${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Makes what `pulumi up` makes, in short: a repository, a context with a secret, a project with a key, a site. */
export async function fill(world: ServicesUnderTest, contextName = "site-production"): Promise<void> {
  await send(world, "github", "POST", "/api/v3/orgs/acme/repos", { name: "site", auto_init: true });
  await send(world, "github", "PUT", "/api/v3/repos/acme/site/contents/.circleci/config.yml", {
    message: "Declare the pipeline",
    content: Buffer.from("version: 2.1\n").toString("base64"),
  });
  await send(world, "circleci", "POST", "/api/v1.1/project/github/acme/site/follow");
  const context = await send(world, "circleci", "POST", "/api/v2/context", {
    name: contextName,
    owner: { slug: "gh/acme", type: "organization" },
  });
  await send(world, "circleci", "PUT", `/api/v2/context/${context.id}/environment-variable/DEPLOY_KEY`, {
    value: secrets.contextVariable,
  });
  await send(world, "sentry", "POST", "/api/0/organizations/acme/teams/", { slug: "web" });
  await send(world, "sentry", "POST", "/api/0/teams/acme/web/projects/", { name: "site", platform: "other" });
  await fillRender(world);
}

async function fillRender(world: ServicesUnderTest): Promise<void> {
  const [{ owner }] = await send(world, "render", "GET", "/v1/owners");
  const credential = await send(world, "render", "POST", "/v1/registrycredentials", {
    ownerId: owner.id,
    name: "registry",
    registry: "DOCKER",
    username: "robot",
    authToken: secrets.registryToken,
  });
  await send(world, "render", "POST", "/v1/services", {
    type: "web_service",
    name: "site-production",
    ownerId: owner.id,
    image: { ownerId: owner.id, imagePath: "docker.io/acme/site:content-1", registryCredentialId: credential.id },
    envVars: [{ key: "DJANGO_SECRET_KEY", value: secrets.siteVariable }],
    serviceDetails: { runtime: "image", plan: "starter", region: "oregon" },
  });
}

/** Throws when the text holds a secret or a token of the account. */
export function assertNoSecret({ running }: ServicesUnderTest, text: string): void {
  const tokens = ["GITHUB_TOKEN", "CIRCLE_TOKEN", "SENTRY_AUTH_TOKEN", "RENDER_API_KEY"].map(
    (name) => running.env[name],
  );
  for (const secret of [...Object.values(secrets), ...tokens]) {
    if (secret && text.includes(secret)) throw new Error(`"${secret}" shows.`);
  }
}
