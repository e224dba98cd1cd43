/** GitHub's objects: a repository's name is unique, and so are its files' paths and its rulesets' names. */
import { Buffer } from "node:buffer";
import type { HttpClient } from "../../../providers/kit/http.ts";
import { allPages } from "../../../providers/kit/paging.ts";
import { githubClient } from "../../services/github.ts";
import { type Candidate, optionalText, type Recipes, type Search, text } from "../recipe.ts";

const PAGE_SIZE = 100;

interface Repository {
  readonly default_branch: string;
  readonly created_at: string;
}

interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly created_at?: string;
}

export const githubRecipes: Recipes = {
  "github:index/repository:Repository": {
    kind: "GitHub repository",
    describe: (search) => text(search, "name"),
    async find(search) {
      const name = text(search, "name");
      const found = await findRepository(search, name);
      return found ? [{ importId: name, stateId: name, madeAt: found.created_at }] : [];
    },
  },
  "github:index/repositoryRuleset:RepositoryRuleset": {
    kind: "GitHub ruleset",
    describe: (search) => `"${text(search, "name")}" of ${text(search, "repository")}`,
    find: findRulesets,
  },
  "github:index/repositoryFile:RepositoryFile": {
    kind: "GitHub file",
    describe: (search) => `${text(search, "file")} of ${text(search, "repository")}`,
    find: findFile,
  },
};

/** A former name is answered with the repository's present one, so there is none of that name. */
async function findRepository(search: Search, name: string): Promise<Repository | undefined> {
  let hasMoved = false;
  const moved = (): void => {
    hasMoved = true;
  };
  const found = await client(search).find<Repository>({ ...search, moved }, await repositoryPath(search, name));
  return hasMoved ? undefined : found;
}

async function findRulesets(search: Search): Promise<Candidate[]> {
  const repository = text(search, "repository");
  if (!(await findRepository(search, repository))) return [];
  const path = `${await repositoryPath(search, repository)}/rulesets`;
  const rulesets = await allPages(async (page = "1") => {
    const query = { includes_parents: false, per_page: PAGE_SIZE, page };
    const items = await client(search).call<Ruleset[]>(search, "GET", path, { query });
    return { items, next: items.length < PAGE_SIZE ? undefined : String(Number(page) + 1) };
  });
  return rulesets
    .filter(({ name }) => name === text(search, "name"))
    .map(({ id, created_at }) => ({ importId: `${repository}:${id}`, stateId: String(id), madeAt: created_at }));
}

/** A file of other content was there before: the provider refuses to write over it, so it is not this create's. */
async function findFile(search: Search): Promise<Candidate[]> {
  const [name, file] = [text(search, "repository"), text(search, "file")];
  const repository = await findRepository(search, name);
  if (!repository) return [];
  const branch = optionalText(search, "branch") ?? repository.default_branch;
  const path = `${await repositoryPath(search, name)}/contents/${file.split("/").map(encodeURIComponent).join("/")}`;
  const found = await client(search).find<{ content?: string }>(search, path, { query: { ref: branch } });
  if (!found) return [];
  const same = Buffer.from(found.content ?? "", "base64").toString("utf8") === text(search, "content");
  // `:` separates the parts of the id ("RepositoryFile", Import).
  const id = [name, file.replaceAll(":", "??"), branch].join(":");
  return [{ importId: id, stateId: id, ...(!same && { conflict: "its content is not the declared one" }) }];
}

async function repositoryPath(search: Search, name: string): Promise<string> {
  return `/repos/${encodeURIComponent(await owner(search))}/${encodeURIComponent(name)}`;
}

/** As the provider finds it: the environment, its configuration, the token's own user. */
async function owner(search: Search): Promise<string> {
  const { env, providerInputs } = search;
  const named = env["GITHUB_ORGANIZATION"] || env["GITHUB_OWNER"] || providerInputs["owner"];
  return named ? String(named) : (await client(search).call<{ login: string }>(search, "GET", "/user")).login;
}

function client(search: Search): HttpClient {
  const { baseUrl } = search.providerInputs;
  return githubClient(search.env, {
    baseUrl: baseUrl === undefined ? undefined : String(baseUrl),
    permission: "read access to the repository's administration, contents and metadata",
  });
}
