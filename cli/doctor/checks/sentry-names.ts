/** Whether the slugs of Sentry's team and project are free. */
import { z } from "zod";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { unexpected } from "../answer.ts";
import { type CheckContext, partCheck } from "../check.ts";
import { inState } from "../facts.ts";
import { type Finding, ok, problem } from "../finding.ts";
import { ADOPT, declaredName } from "../names.ts";

/** What leads from a former slug to the present one. */
const moved = z.object({ slug: z.string() });

interface Slug {
  readonly kind: "team" | "project";
  readonly slug: string;
  /** Type of the resource that would have it. */
  readonly type: string;
}

export const sentryNames = partCheck("errors", {
  id: "sentry-names",
  area: "Sentry",
  title: "names of team and project",
  asks: "`GET /teams/ORGANIZATION/TEAM/` and `GET /projects/ORGANIZATION/PROJECT/`, and the stack's state.",
  finds:
    "A team or project of the slug exists and is not in the stack; or it is called otherwise now, and which line follows it.",
  needs: ["sentry-organization"],
  applies: (_settings, { declares }) => declares !== "environment",
  async run({ organization, team, project }, context) {
    const { configuration } = context;
    const slugs: Slug[] = [
      {
        kind: "team",
        slug: declaredName(configuration, "errors-team", team, "slug"),
        type: "sentry:index/sentryTeam:SentryTeam",
      },
      {
        kind: "project",
        slug: declaredName(configuration, "errors-project", project, "slug"),
        type: "sentry:index/sentryProject:SentryProject",
      },
    ];
    return Promise.all(slugs.map((slug) => nameOf(organization, slug, context)));
  },
});

async function nameOf(organization: string, { kind, slug, type }: Slug, context: CheckContext): Promise<Finding> {
  const path = `/${kind}s/${encodeURIComponent(organization)}/${encodeURIComponent(slug)}/`;
  const answer = await context.readers.sentry().get(path);
  const name = `${kind} ${slug}`;
  if (answer.status === 404) return ok(`${name} is free`);
  if (answer.status === 302) {
    const { slug: now } = moved.safeParse(answer.body).data ?? {};
    const said =
      now === undefined ? `${name} is a former slug` : `${kind} ${organization}/${slug} is called ${now} now`;
    return problem(said, setCommand(`delivery:errors.${kind}`, now));
  }
  if (answer.status === 403) return problem(`the token may not see the ${name}`, `Give it the scope ${kind}:read.`);
  if (answer.status !== 200) throw unexpected(answer);
  return inState(context.facts, type, ({ id }) => id === slug)
    ? ok(`${name} is this stack's`)
    : problem(`${name} exists, and is not in this stack`, ADOPT);
}
