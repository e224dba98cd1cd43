/** Switches of a repository with routes of their own: topics, vulnerability alerts, Dependabot's fixes. */
import { Hono } from "hono";
import { z } from "zod";
import { notFound, unprocessable, validationFailed } from "./errors.ts";
import type { Github, RepositoryEnv } from "./github.ts";
import { readBody } from "./input.ts";
import type { Repository } from "./repository.ts";

const TOPICS_DOCS = "repos/repos#replace-all-repository-topics";
const MAX_TOPICS = 20;
const topicsBody = z.object({ names: z.array(z.string()) });

/** The routes. */
export function featureRoutes(github: Github): Hono<RepositoryEnv> {
  const app = new Hono<RepositoryEnv>();
  const change = (repository: Repository, fields: Partial<Repository>): void => {
    const changed = { ...repository, ...fields, updatedAt: github.now() };
    github.data.repositories.put(String(repository.id), changed);
  };

  app.get("/topics", (c) => c.json({ names: c.var.repository.topics }));
  app.put("/topics", async (c) => {
    const { names } = await readBody(c, topicsBody, TOPICS_DOCS);
    const topics = [...new Set(names.map((name) => name.toLowerCase()))];
    checkTopics(topics);
    change(c.var.repository, { topics });
    return c.json({ names: topics });
  });

  app.get("/vulnerability-alerts", (c) => {
    if (!c.var.repository.vulnerabilityAlerts) throw notFound(undefined, "Vulnerability alerts are disabled.");
    return c.body(null, 204);
  });
  app.put("/vulnerability-alerts", (c) => {
    change(c.var.repository, { vulnerabilityAlerts: true });
    return c.body(null, 204);
  });
  app.delete("/vulnerability-alerts", (c) => {
    change(c.var.repository, { vulnerabilityAlerts: false, automatedSecurityFixes: false });
    return c.body(null, 204);
  });

  app.get("/automated-security-fixes", (c) =>
    c.json({ enabled: c.var.repository.automatedSecurityFixes, paused: false }),
  );
  app.put("/automated-security-fixes", (c) => {
    if (!c.var.repository.vulnerabilityAlerts) {
      throw unprocessable("Vulnerability alerts must be enabled to configure automated security fixes.");
    }
    change(c.var.repository, { automatedSecurityFixes: true });
    return c.body(null, 204);
  });
  app.delete("/automated-security-fixes", (c) => {
    change(c.var.repository, { automatedSecurityFixes: false });
    return c.body(null, 204);
  });
  return app;
}

function checkTopics(topics: readonly string[]): void {
  if (topics.length > MAX_TOPICS) {
    throw validationFailed([`A repository cannot have more than ${MAX_TOPICS} topics.`], TOPICS_DOCS);
  }
  if (topics.some((topic) => !/^[a-z0-9][a-z0-9-]{0,49}$/.test(topic))) {
    throw validationFailed(
      [
        "Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include hyphens.",
      ],
      TOPICS_DOCS,
    );
  }
}
