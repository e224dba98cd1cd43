/** Sentry's organization, and what the token may do in it. */

import { z } from "zod";
import { deliveryOf } from "../../../infra/delivery.ts";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { optional } from "../../../providers/kit/answer.ts";
import type { ReadAnswer } from "../../services/reader.ts";
import { bodyOf } from "../answer.ts";
import { type CheckContext, partCheck } from "../check.ts";
import { notChecked, ok, problem, warn } from "../finding.ts";

const organizationBody = z.object({ slug: z.string(), access: optional(z.array(z.string())) });

export const sentryOrganization = partCheck("errors", {
  id: "sentry-organization",
  area: "Sentry",
  title: "organization",
  asks: "`GET /organizations/ORGANIZATION/`.",
  finds: "There is none of the slug, the token belongs to another one, or it lacks `org:read`.",
  needs: ["sentry-token"],
  async run({ organization }, context) {
    const answer = await askFor(organization, context);
    if (answer.status === 403)
      return problem(
        `the token may not see the organization ${organization}: it lacks the scope org:read`,
        "Give it org:read, in Sentry under Settings, Custom Integrations.",
      );
    if (answer.status === 404)
      return problem(
        `there is no organization ${organization}, or the token is another one's`,
        setCommand("delivery:errors.organization"),
      );
    return ok(bodyOf(answer, organizationBody).slug);
  },
});

export const sentryPermissions = partCheck("errors", {
  id: "sentry-permissions",
  area: "Sentry",
  title: "permissions of the token",
  asks: "The list `access` of the same answer: what the token's scopes and its user's role let through together.",
  finds: "A scope is missing, by name; a warning for what only `destroy` needs.",
  needs: ["sentry-organization"],
  async run({ organization }, context) {
    const { access } = bodyOf(await askFor(organization, context), organizationBody);
    if (access === undefined)
      return notChecked("Sentry does not say what this token may do", "Look at its scopes in Sentry under Settings.");
    const has = (...scopes: readonly string[]): boolean => scopes.some((scope) => access.includes(scope));
    const lacking = [
      ...(has("team:write", "team:admin", "org:write", "org:admin") ? [] : ["team:write"]),
      ...(has("project:write", "project:admin") ? [] : ["project:write"]),
      // The pipeline registers each release that it delivers.
      ...(deliveryOf(context.configuration.image ?? {}).builtBy !== "pipeline" || has("project:releases", "org:ci")
        ? []
        : ["project:releases"]),
    ];
    const mend = "Give the token the scopes, and its user the role, in Sentry under Settings.";
    if (lacking.length > 0) return problem(`the token lacks ${lacking.join(" and ")}`, mend);
    const deleting = ["team:admin", "project:admin"].filter((scope) => !has(scope));
    return deleting.length > 0
      ? warn(`enough for \`up\`; \`destroy\` lacks ${deleting.join(" and ")}`, mend)
      : ok("all that are needed");
  },
});

function askFor(organization: string, { readers }: CheckContext): Promise<ReadAnswer> {
  return readers.sentry().get(`/organizations/${encodeURIComponent(organization)}/`);
}
