/** Sentry's objects: slugs are unique in an organization; keys of a project may share a name. */
import type { HttpClient } from "../../../providers/kit/http.ts";
import { sentryClient } from "../../services/sentry.ts";
import { UserError } from "../../user-error.ts";
import { type Candidate, optionalText, type Recipes, type Search, text } from "../recipe.ts";

/** The longest page ("Pagination", Sentry API reference). */
const PAGE_SIZE = 100;

interface Item {
  readonly id: string;
  readonly name: string;
  readonly dateCreated?: string;
}

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
  const found = await client(search).find<Item>(search, `/${collection}/${organization}/${slug}/`);
  return found ? [{ importId: `${organization}/${slug}`, stateId: slug, madeAt: found.dateCreated }] : [];
}

async function keysOfProject(search: Search): Promise<Candidate[]> {
  const [organization, project] = [text(search, "organization"), text(search, "project")];
  const path = `/projects/${organization}/${project}/keys/`;
  const items = (await client(search).find<Item[]>(search, path, { query: { per_page: PAGE_SIZE } })) ?? [];
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
