/** The project at Sentry, its team and the key that the site reports with. */
import { z } from "zod";
import { list, optional } from "../../../providers/kit/answer.ts";
import type { HttpClient } from "../../../providers/kit/http.ts";
import { sentryClient } from "../../services/sentry.ts";
import { UserError } from "../../user-error.ts";
import { type Around, absent, ambiguous, leftOut, meant } from "../around.ts";
import { type Finding, nothing } from "../finding.ts";
import { chooseKey } from "./sentry-key.ts";

const FLAG = "--sentry";
/** The longest page ("Pagination", Sentry API reference). */
const PAGE = { per_page: 100 };

const organizationAnswer = z.object({ slug: z.string() });
const projectAnswer = z.object({
  id: z.string(),
  slug: z.string(),
  platform: optional(z.string()),
  teams: list(z.object({ slug: z.string() })),
});

type Project = z.output<typeof projectAnswer>;

/** The project that is meant. */
interface Chosen {
  readonly slug: string;
  /** By which name it was asked for; Sentry leads from a former one to the present one. */
  readonly former: string | undefined;
}

/**
 * Finds them.
 * @param dsn where the site sends its errors now.
 * @throws UserError when one is named and not there, or a choice is not clear.
 */
export async function findErrors(around: Around, dsn: string | undefined): Promise<Finding> {
  const { given, env, signal, configured } = around;
  const reason = leftOut(around, "errors", given.sentry);
  if (reason) return nothing("errors", reason);
  const client = sentryClient(env, {
    baseUrl: configured("sentry:baseUrl") as string | undefined,
    permission: "org:read, team:read and project:read",
  });
  const organization = await chooseOrganization(around, client);
  if (!organization) return nothing("errors", "the token sees no organization at Sentry");
  const chosen = await chooseProject(around, client, organization, dsn);
  if (!chosen) return nothing("errors", `${organization} has no such project at Sentry`);
  const { slug, former } = chosen;
  const path = `/projects/${organization}/${slug}/`;
  const project = await client.call({ signal }, "GET", path, { answer: projectAnswer });
  const key = await chooseKey(around, client, path, dsn);
  const team = chooseTeam(around, project);
  return {
    place: `Sentry ${organization}/${project.slug}`,
    settings: [
      { key: "errors.organization", value: organization },
      { key: "errors.team", value: team },
      { key: "errors.project", value: project.slug },
      ...platformSettings(project.platform ?? "", configured("errors.platform")),
      { key: "errors.rateLimit", value: key?.rateLimit },
    ],
    ids: {
      "errors-team": `${organization}/${team}`,
      "errors-project": `${organization}/${project.slug}`,
      ...(key && { "errors-key": `${organization}/${project.slug}/${key.id}` }),
    },
    masked: [],
    notes: [
      ...renameNote(organization, former, project.slug),
      ...(key ? [] : [`${organization}/${project.slug} has no client key.`]),
    ],
  };
}

/** A project without a platform keeps none; the program has a default for it. */
function platformSettings(platform: string, configured: unknown) {
  if (platform) return [{ key: "errors.platform", value: platform === "python-django" ? undefined : platform }];
  return configured === undefined ? [{ key: "asFound.errors-project.platform", value: null, note: "has none" }] : [];
}

async function chooseOrganization(around: Around, client: HttpClient): Promise<string | undefined> {
  const named = around.given.sentry?.split("/")[0] ?? (around.configured("errors.organization") as string | undefined);
  if (named) return named;
  const options = { query: PAGE, answer: list(organizationAnswer) };
  const found = await client.call({ signal: around.signal }, "GET", "/organizations/", options);
  const slugs = found.map(({ slug }) => slug);
  if (slugs.length > 1) throw ambiguous("Sentry organization", `${FLAG} organization/project`, slugs);
  return slugs[0];
}

/** The named one, else the one that the site reports to, else by name. */
async function chooseProject(
  { given, names, signal, configured }: Around,
  client: HttpClient,
  organization: string,
  dsn: string | undefined,
): Promise<Chosen | undefined> {
  const [, slug] = given.sentry?.split("/") ?? [];
  if (slug) {
    const named = await projectOf(client, signal, organization, slug);
    if (named === undefined) throw absent(`Sentry project ${given.sentry}`, FLAG);
    return { slug: named.slug, former: slug };
  }
  const path = `/organizations/${organization}/projects/`;
  const projects = (await client.find({ signal }, path, { query: PAGE, answer: list(projectAnswer) })) ?? [];
  const id = dsn?.split("/").at(-1);
  const reported = projects.find((project) => project.id === id);
  const usual = (configured("errors.project") as string | undefined) ?? names.application;
  const choices = projects.map((item) => ({ name: item.slug, item }));
  const isThere = projects.some((project) => project.slug === usual);
  const renamed = reported || isThere ? undefined : await projectOf(client, signal, organization, usual);
  const found = reported ?? renamed ?? meant("Sentry project", FLAG, usual, choices)?.item;
  if (!found && projects.length >= PAGE.per_page)
    throw new UserError(
      `${organization} has more projects at Sentry than one page shows. Nothing was changed.`,
      `Name the project by ${FLAG} organization/project.`,
    );
  return found && { slug: found.slug, former: found === renamed ? usual : undefined };
}

/** By its slug, or one that it had. */
function projectOf(client: HttpClient, signal: AbortSignal, organization: string, slug: string) {
  return client.find({ signal }, `/projects/${organization}/${slug}/`, { answer: projectAnswer });
}

function renameNote(organization: string, former: string | undefined, slug: string): string[] {
  if (former === undefined || former === slug) return [];
  const said = `${organization}/${former} is called ${organization}/${slug} at Sentry now`;
  return [`${said}; in the stack's file delivery:errors.project: ${slug} follows it.`];
}

function chooseTeam({ given, configured }: Around, { slug, teams }: Project): string {
  const slugs = teams.map((team) => team.slug);
  const wanted = given.sentryTeam ?? (configured("errors.team") as string | undefined);
  const named = slugs.find((team) => team === wanted);
  if (!named && given.sentryTeam)
    throw absent(`team ${given.sentryTeam} of the Sentry project ${slug}`, "--sentry-team");
  const [only, ...others] = slugs;
  if (named) return named;
  if (!only) throw absent(`team of the Sentry project ${slug}: add one at Sentry`, "--sentry-team");
  if (others.length > 0) throw ambiguous("Sentry team", "--sentry-team", slugs);
  return only;
}
