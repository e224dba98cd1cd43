/** Sentry's objects: slugs are unique in an organization; keys of a project may share a name. */
import { z } from "zod";
import { list, optional } from "../../../providers/kit/answer.ts";
import type { HttpClient } from "../../../providers/kit/http.ts";
import { sentryClient } from "../../services/sentry.ts";
import { UserError } from "../../user-error.ts";
import { type Candidate, optionalText, type Recipes, type Search, text } from "../recipe.ts";

/** The longest page ("Pagination", Sentry API reference). */
const PAGE_SIZE = 100;

const slugAnswer = z.object({ slug: z.string(), dateCreated: optional(z.string()) });
const itemAnswer = z.object({ id: z.string(), name: z.string(), dateCreated: optional(z.string()) });

export const sentryRecipes: Recipes = {
  "sentry:index/sentryTeam:SentryTeam": {
    kind: "Sentry team",
    describe: slugOf,
    find: (search) => bySlug(search, "teams"),
  },
  "sentry:index/sentryProject:SentryProject": {
    kind: "Sentry project",
    describe: slugOf,
    find: (search) => bySlug(search, "projects"),
  },
  "sentry:index/sentryKey:SentryKey": {
    kind: "Sentry key",
    describe: (search) => `"${text(search, "name")}"`,
    find: keysOfProject,
    mayRepeat: true,
  },
};

function slugOf(search: Search): string {
  return optionalText(search, "slug") ?? text(search, "name");
}

async function bySlug(search: Search, collection: "teams" | "projects"): Promise<Candidate[]> {
  const organization = text(search, "organization");
  const slug = slugOf(search);
  const found = await client(search).find(search, `/${collection}/${organization}/${slug}/`, { answer: slugAnswer });
  // A former slug is answered with what had it, so there is none of that slug.
  return found?.slug === slug
    ? [{ importId: `${organization}/${slug}`, stateId: slug, madeAt: found.dateCreated }]
    : [];
}

async function keysOfProject(search: Search): Promise<Candidate[]> {
  const [organization, project] = [text(search, "organization"), text(search, "project")];
  const path = `/projects/${organization}/${project}/keys/`;
  const options = { query: { per_page: PAGE_SIZE }, answer: list(itemAnswer) };
  const items = (await client(search).find(search, path, options)) ?? [];
  if (items.length >= PAGE_SIZE) {
    throw new UserError(
      `The project ${organization}/${project} has more keys than one page shows.`,
      "Look the object up by hand and say what it is with --import or --clear.",
    );
  }
  return items
    .filter(({ name }) => name === text(search, "name"))
    .map(({ id, dateCreated }) => ({
      importId: `${organization}/${project}/${id}`,
      stateId: id,
      madeAt: dateCreated,
    }));
}

function client(search: Search): HttpClient {
  const { baseUrl } = search.providerInputs;
  return sentryClient(search.env, {
    baseUrl: baseUrl === undefined ? undefined : String(baseUrl),
    permission: "team:read, project:read and org:read",
  });
}
