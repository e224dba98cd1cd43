/** Issue alert rules: `/projects/{o}/{p}/rules/`. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { AlertRule, Project, RuleNode } from "./data.ts";
import { invalid, notFound } from "./errors.ts";
import { readBody } from "./input.ts";
import { pageOf } from "./paging.ts";
import { projectOf, type Sentry } from "./sentry.ts";

const node = z.looseObject({ id: z.string().min(1) });
const ruleBody = z.object({
  name: z.string().min(1).max(256),
  conditions: z.array(node).default([]),
  filters: z.array(node).default([]),
  actions: z.array(node).min(1, { error: "You must add an action for this alert to fire.", abort: true }),
  actionMatch: z.enum(["all", "any", "none"]),
  filterMatch: z.enum(["all", "any", "none"]).default("all"),
  frequency: z.int().min(5).max(43_200),
  environment: z.string().nullish(),
  owner: z.string().nullish(),
});

/** The sentences that Sentry writes beside the conditions and actions that it knows. */
const SENTENCES: Readonly<Record<string, string>> = {
  "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition": "A new issue is created",
  "sentry.rules.conditions.regression_event.RegressionEventCondition":
    "The issue changes state from resolved to unresolved",
  "sentry.rules.conditions.high_priority_issue.NewHighPriorityIssueCondition":
    "Sentry marks a new issue as high priority",
  "sentry.rules.conditions.high_priority_issue.ExistingHighPriorityIssueCondition":
    "Sentry marks an existing issue as high priority",
};

/** The routes. */
export function ruleRoutes(sentry: Sentry): Hono {
  const app = new Hono();
  const ruleOf = (c: Context): AlertRule => {
    const project = projectOf(sentry, c);
    const rule = sentry.data.rules.get(c.req.param("rule") ?? "");
    if (rule?.projectId !== project.id) throw notFound();
    return rule;
  };
  const save = (project: Project, rule: AlertRule) => {
    refuseDuplicate(sentry, rule);
    return ruleView(project, sentry.data.rules.put(rule.id, rule));
  };
  app.get("/projects/:organization/:project/rules/", (c) => {
    const project = projectOf(sentry, c);
    const rules = sentry.data.rules.list((rule) => rule.projectId === project.id);
    return pageOf(c, rules, (rule) => ruleView(project, rule));
  });
  app.post("/projects/:organization/:project/rules/", async (c) => {
    const project = projectOf(sentry, c);
    const body = await readBody(c, ruleBody);
    const fixed = { id: sentry.nextId(), projectId: project.id, dateCreated: sentry.now() };
    return c.json(save(project, { ...stored(body), ...fixed }));
  });
  app.get("/projects/:organization/:project/rules/:rule/", (c) => c.json(ruleView(projectOf(sentry, c), ruleOf(c))));
  app.put("/projects/:organization/:project/rules/:rule/", async (c) => {
    const { id, projectId, dateCreated } = ruleOf(c);
    const body = await readBody(c, ruleBody);
    return c.json(save(projectOf(sentry, c), { ...stored(body), id, projectId, dateCreated }));
  });
  app.delete("/projects/:organization/:project/rules/:rule/", (c) => {
    sentry.data.rules.delete(ruleOf(c).id);
    return c.body(null, 202);
  });
  return app;
}

function stored(body: z.output<typeof ruleBody>): Omit<AlertRule, "id" | "projectId" | "dateCreated"> {
  return { ...body, environment: body.environment ?? null, owner: body.owner ?? null };
}

/** Sentry refuses a second rule that differs from one in its name only. */
function refuseDuplicate(sentry: Sentry, rule: AlertRule): void {
  const content = ({ conditions, filters, actions, actionMatch, filterMatch, frequency, environment }: AlertRule) =>
    JSON.stringify({ conditions, filters, actions, actionMatch, filterMatch, frequency, environment });
  const same = sentry.data.rules.find(
    (other) => other.projectId === rule.projectId && other.id !== rule.id && content(other) === content(rule),
  );
  if (!same) return;
  throw invalid({
    name: [`This rule is an exact duplicate of '${same.name}' in this project and may not be created.`],
    ruleId: [Number(same.id)],
  });
}

function ruleView(project: Project, rule: AlertRule) {
  const named = (nodes: readonly RuleNode[]) =>
    nodes.map((given) => {
      const sentence = SENTENCES[String(given["id"])];
      return sentence ? { ...given, name: sentence } : given;
    });
  return {
    id: rule.id,
    name: rule.name,
    conditions: named(rule.conditions),
    filters: named(rule.filters),
    actions: named(rule.actions),
    actionMatch: rule.actionMatch,
    filterMatch: rule.filterMatch,
    frequency: rule.frequency,
    environment: rule.environment,
    owner: rule.owner,
    dateCreated: rule.dateCreated,
    createdBy: null,
    projects: [project.slug],
    status: "active",
    snooze: false,
  };
}
