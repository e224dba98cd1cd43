/**
 * sentry.SentryIssueAlert, as far as an old state still needs it: every call is one on a route that Sentry has removed,
 * and fails with its answer.
 */
import { z } from "zod";
import type { CallContext, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { BridgedError } from "../../bridge/failure.ts";
import type { SentryClient } from "./client.ts";
import { importParts } from "./import-id.ts";

const settings = z.looseObject({ organization: z.string(), project: z.string() });

type Settings = z.output<typeof settings>;

/** The id is `organization/project/number`, also on import. */
export const issueAlert: ResourceDefinition<SentryClient, Settings, Settings> = {
  token: "sentry:index/sentryIssueAlert:SentryIssueAlert",
  description: "A rule that acts on a project's issues. Sentry has removed the routes on which it is made.",
  inputs: settings,
  outputs: settings,

  create: (context, { organization, project }) => ask(context, "POST", `projects/${organization}/${project}/rules/`),
  read: (context, id) => ask(context, "GET", rulePath(id)),
  update: (context, id) => ask(context, "PUT", rulePath(id)),
  delete: (context, id) => ask(context, "DELETE", rulePath(id)),
};

/** @throws BridgedError with what Sentry answers. */
async function ask({ client, signal }: CallContext<SentryClient>, method: string, path: string): Promise<never> {
  const body = method === "POST" || method === "PUT" ? {} : undefined;
  const { status } = await client.request(method, path, { signal, body });
  throw new BridgedError(`${method} ${path}: ${status} is not an answer of a route that is gone`);
}

function rulePath(id: string): string {
  const [organization, project, number] = importParts(id, 3, "org-slug/project-slug/rule-id");
  return `projects/${organization}/${project}/rules/${number}/`;
}
