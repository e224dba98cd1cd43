/** A chain as a team makes it by hand: what a person clicks in each service, sent to the emulated ones. */
import { z } from "zod";
import type { ScriptedChain } from "./scripted-chain.ts";

type Service = "github" | "circleci" | "sentry" | "render";

/** Values that no output, no plain file and no command line may show. */
export const SECRETS = {
  databaseUrl: "postgres://site:hand-made-password@db.example/site",
  apiToken: "hand-made-token-0123456789",
  djangoKey: "hand-made-django-key",
  multiline: "-----BEGIN PRIVATE KEY-----\nhand-made-lines\n-----END PRIVATE KEY-----\n",
  registry: "hand-made-registry-token",
  context: "hand-made-context-value",
};

/** A pipeline that nobody here has written. */
export const FOREIGN_PIPELINE = `# Ours, by hand
version: 2.1
jobs:
  test:
    docker: [{ image: cimg/python:3.12 }]
    steps: [checkout, { run: pytest }]
workflows:
  all:
    jobs:
      - test:
          context: [site-secrets]
`;

const identified = z.object({ id: z.union([z.string(), z.number()]) });

/** Sends what a person does, with these secrets in it; fails unless the service agrees. */
export function handMadeChain({ services }: Pick<ScriptedChain, "services">, secrets = SECRETS) {
  const { env } = services;
  const headers: Record<Service, Record<string, string>> = {
    github: { authorization: `Bearer ${env["GITHUB_TOKEN"]}` },
    circleci: { "circle-token": env["CIRCLE_TOKEN"] ?? "" },
    sentry: { authorization: `Bearer ${env["SENTRY_AUTH_TOKEN"]}` },
    render: { authorization: `Bearer ${env["RENDER_API_KEY"]}` },
  };
  const send = async (service: Service, method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(path, services.services[service].baseUrl), {
      method,
      headers: { ...headers[service], "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service} ${method} ${path} answered ${answer.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const idFrom = async (answer: Promise<unknown>): Promise<string> => String(identified.parse(await answer).id);
  const file = (path: string, content: string) =>
    send("github", "PUT", `/api/v3/repos/acme/site/contents/${path}`, {
      message: `Add ${path}`,
      content: Buffer.from(content).toString("base64"),
    });

  return {
    send,

    /** A repository with the website's own settings, a pipeline, a Dockerfile, and no ruleset. */
    async repository({ name = "site" } = {}): Promise<void> {
      await send("github", "POST", "/api/v3/orgs/acme/repos", {
        name,
        description: "Our site: by hand",
        visibility: "private",
        auto_init: true,
        has_wiki: true,
        has_projects: true,
        homepage: "https://www.acme.example",
        squash_merge_commit_title: "PR_TITLE",
      });
      await send("github", "PUT", "/api/v3/repos/acme/site/topics", { names: ["python", "web"] });
      await file(".circleci/config.yml", FOREIGN_PIPELINE);
      await file("Dockerfile", "FROM python:3.12-slim\n");
    },

    /** Rules like those of many teams, under a name of their own. */
    ruleset: () =>
      send("github", "POST", "/api/v3/repos/acme/site/rulesets", {
        name: "main is precious",
        target: "branch",
        enforcement: "active",
        conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
        rules: [
          { type: "non_fast_forward" },
          {
            type: "pull_request",
            parameters: {
              allowed_merge_methods: ["merge", "squash", "rebase"],
              dismiss_stale_reviews_on_push: false,
              require_code_owner_review: false,
              require_last_push_approval: false,
              required_approving_review_count: 2,
              required_review_thread_resolution: true,
            },
          },
        ],
      }),

    /** A followed project with CircleCI's own settings, a checkout key, and a context with variables. */
    async pipeline({ restricted = false } = {}): Promise<void> {
      await send("circleci", "POST", "/api/v1.1/project/github/acme/site/follow", {});
      await send("circleci", "POST", "/api/v2/project/gh/acme/site/checkout-key", { type: "deploy-key" });
      await send("circleci", "POST", "/api/v2/project/gh/acme/site/envvar", {
        name: "PYPI_TOKEN",
        value: secrets.context,
      });
      const owner = { slug: "gh/acme", type: "organization" };
      await send("circleci", "POST", "/api/v2/context", { name: "other-team", owner });
      const context = await idFrom(send("circleci", "POST", "/api/v2/context", { name: "site-secrets", owner }));
      for (const name of ["RENDER_API_KEY", "AWS_SECRET"])
        await send("circleci", "PUT", `/api/v2/context/${context}/environment-variable/${name}`, {
          value: secrets.context,
        });
      if (!restricted) return;
      const project = await idFrom(send("circleci", "GET", "/api/v2/project/gh/acme/site"));
      await send("circleci", "POST", `/api/v2/context/${context}/restrictions`, {
        restriction_type: "project",
        restriction_value: project,
      });
    },

    /** A team and a project, with the key and the alert that Sentry adds. Gives the DSN of that key. */
    async errors({ platform = "other" as string | null } = {}): Promise<string> {
      await send("sentry", "POST", "/api/0/organizations/acme/teams/", { name: "Web Team", slug: "web" });
      await send("sentry", "POST", "/api/0/teams/acme/web/projects/", { name: "The Site", slug: "the-site", platform });
      const keys = z
        .array(z.object({ dsn: z.object({ public: z.string() }) }))
        .parse(await send("sentry", "GET", "/api/0/projects/acme/the-site/keys/"));
      return keys[0]?.dsn.public ?? "";
    },

    /** A service that runs an image with a registry's login, its variables and a domain of its own. */
    async site({
      tag = "latest",
      dsn = "",
      project = false,
      name = "site-live",
      domain = "www.acme.example",
      registry = "localhost:5000",
    } = {}): Promise<string> {
      const ownerId = "tea-qq7f2uo48u621ffmqj55";
      const registryCredentialId = await idFrom(
        send("render", "POST", "/v1/registrycredentials", {
          ownerId,
          name: "our registry",
          registry: "DOCKER",
          username: "acme",
          authToken: secrets.registry,
        }),
      );
      const variables = {
        WEB_CONCURRENCY: "2",
        GREETING: "hello: world",
        DATABASE_URL: secrets.databaseUrl,
        API_TOKEN: secrets.apiToken,
        SIGNING_KEY: secrets.multiline,
        DJANGO_SECRET_KEY: secrets.djangoKey,
        ...(dsn && { SENTRY_DSN: dsn }),
      };
      const made = await send("render", "POST", "/v1/services", {
        type: "web_service",
        name,
        ownerId,
        image: { ownerId, imagePath: `${registry}/acme/site:${tag}`, registryCredentialId },
        envVars: Object.entries(variables).map(([key, value]) => ({ key, value })),
        serviceDetails: { region: "frankfurt", plan: "standard", numInstances: 2, maxShutdownDelaySeconds: 60 },
      });
      const { service } = z.object({ service: z.object({ id: z.string() }) }).parse(made);
      if (domain) await send("render", "POST", `/v1/services/${service.id}/custom-domains`, { name: domain });
      if (project) {
        const answer = await send("render", "POST", "/v1/projects", {
          name: "Our Site",
          ownerId,
          environments: [{ name: "Live", protectedStatus: "protected" }],
        });
        const { environmentIds } = z.object({ environmentIds: z.array(z.string()) }).parse(answer);
        await send("render", "POST", `/v1/environments/${environmentIds[0]}/resources`, { resourceIds: [service.id] });
      }
      return service.id;
    },
  };
}
