/** GitHub's objects: a repository's name is unique, and so are its files' paths and its rulesets' names. */
import { Buffer } from "node:buffer";
import { z } from "zod";
import { optional } from "../../../providers/kit/answer.ts";
import { githubClient } from "../../services/github.ts";
import type { GithubClient } from "../../services/github-client.ts";
import { renamedTo, repositoryPath } from "../../services/github-repository.ts";
import { type Candidate, optionalText, type Recipes, type Search, text } from "../recipe.ts";

const repositoryAnswer = z.object({
  id: z.number(),
  full_name: z.string(),
  default_branch: z.string(),
  created_at: optional(z.string()),
});
const rulesetAnswer = z.object({ id: z.number(), name: z.string(), created_at: optional(z.string()) });
const fileAnswer = z.object({ content: optional(z.string()) });
const userAnswer = z.object({ login: z.string() });

type Repository = z.output<typeof repositoryAnswer>;

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
  "github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts": {
    kind: "vulnerability alerts of a GitHub repository",
    repeatable: "Its request switches a setting of the repository, and makes no object.",
  },
};

/** A former name is answered with the repository that had it, so there is none of that name. */
async function findRepository(search: Search, name: string): Promise<Repository | undefined> {
  const owner = await ownerOf(search);
  const found = await client(search).find(repositoryPath(owner, name), repositoryAnswer);
  return found && !renamedTo(owner, name, found.full_name) ? found : undefined;
}

async function findRulesets(search: Search): Promise<Candidate[]> {
  const repository = text(search, "repository");
  if (!(await findRepository(search, repository))) return [];
  const path = `${repositoryPath(await ownerOf(search), repository)}/rulesets`;
  const rulesets = await client(search).list(path, rulesetAnswer, { includes_parents: false });
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
  const encoded = file.split("/").map(encodeURIComponent).join("/");
  const path = `${repositoryPath(await ownerOf(search), name)}/contents/${encoded}`;
  const found = await client(search).find(path, fileAnswer, { ref: branch });
  if (!found) return [];
  const same = Buffer.from(found.content ?? "", "base64").toString("utf8") === text(search, "content");
  // `:` separates the parts of the id ("RepositoryFile", Import).
  const id = [name, file.replaceAll(":", "??"), branch].join(":");
  return [{ importId: id, stateId: id, ...(!same && { conflict: "its content is not the declared one" }) }];
}

/** As the provider finds it: the environment, its configuration, the token's own user. */
async function ownerOf(search: Search): Promise<string> {
  const { env, providerInputs } = search;
  const named = env["GITHUB_ORGANIZATION"] || env["GITHUB_OWNER"] || providerInputs["owner"];
  return named ? String(named) : (await client(search).read("/user", userAnswer)).login;
}

function client(search: Search): GithubClient {
  const { baseUrl } = search.providerInputs;
  return githubClient(search.env, {
    signal: search.signal,
    baseUrl: baseUrl === undefined ? undefined : String(baseUrl),
    permission: "read access to the repository's administration, contents and metadata",
  });
}
