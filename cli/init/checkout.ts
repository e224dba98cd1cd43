/** The application's checkout: how its code gets into the repository that the chain declares. */
import { basename, relative, resolve } from "node:path";
import { repositoryRoot } from "../../infra/application/place.ts";
import { runProcess } from "../child-process.ts";
import { untrackedSecrets } from "./untracked-secrets.ts";

/** What git knows of the application's folder. */
export interface Checkout {
  /** The checkout's root, from the program's folder; the application's folder when git does not know it. */
  readonly root: string;
  readonly isRepository: boolean;
  /** Whether a commit is there. */
  readonly hasCommits: boolean;
  /** Addresses by the remote's name. */
  readonly remotes: ReadonlyMap<string, string>;
  /** Lines for .gitignore without which the first commit would hold secrets. */
  readonly toIgnore: readonly string[];
}

/** Asks git. Without git, or outside of a checkout, the folder is none yet. */
export async function checkoutOf(folder: string, path: string, env: NodeJS.ProcessEnv): Promise<Checkout> {
  const root = repositoryRoot(resolve(folder, path));
  const git = async (...args: string[]): Promise<string | undefined> => {
    const result = await runProcess("git", ["-C", root, ...args], { env }).catch(() => undefined);
    return result?.code === 0 ? result.stdout.trim() : undefined;
  };
  // The program's own checkout holds the sandbox's site, and is no repository of an application.
  const isRepository = (await git("rev-parse", "--show-prefix")) === "";
  const listed = isRepository ? ((await git("remote", "--verbose")) ?? "") : "";
  const lines = listed.split("\n").map((line) => line.split(/\s+/));
  const hasCommits = isRepository && (await git("rev-parse", "--verify", "--quiet", "HEAD")) !== undefined;
  return {
    root: relative(folder, root) || ".",
    isRepository,
    hasCommits,
    toIgnore: hasCommits ? [] : await untrackedSecrets(root, env),
    remotes: new Map(lines.flatMap(([name, address]) => (name && address ? [[name, address] as const] : []))),
  };
}

/** The remote of a checkout that is this repository, by whatever kind of address. @param web GitHub's, as people open it. */
export function remoteOf({ remotes }: Checkout, web: string, fullName: string): string | undefined {
  const wanted = `${new URL(web).hostname}/${fullName}`.toLowerCase();
  return [...remotes].find(([, address]) => placeOf(address) === wanted)?.[0];
}

/** `github.com/acme/site` of `git@github.com:acme/site.git`, `ssh://git@github.com/acme/site` or a web address. */
function placeOf(address: string): string {
  const url = address.includes("://") ? address : `ssh://${address.replace(":", "/")}`;
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: "", pathname: "" };
  const path = pathname.replace(/^\/+/, "").replace(/(\.git)?\/?$/, "");
  return `${hostname.replace(/^ssh\./, "")}/${path}`.toLowerCase();
}

/**
 * The commands that bring a checkout's commits into a repository that the chain has made: its own first commits stay,
 * and where both have a file, say README.md, the team's counts.
 */
export function pushCommands(checkout: Checkout, address: string, branch: string): string[] {
  const git = `git -C ${shellWord(checkout.root)}`;
  const remote = checkout.remotes.has("origin") ? "delivery" : "origin";
  return [
    ...(checkout.isRepository ? [] : [`git init ${shellWord(checkout.root)}`]),
    ...ignoreCommand(checkout),
    ...(checkout.hasCommits ? [] : [`${git} add --all`, `${git} commit --message "Add ${basename(checkout.root)}"`]),
    `${git} remote add ${remote} ${address}`,
    `${git} fetch ${remote}`,
    `${git} merge --allow-unrelated-histories --strategy-option ours --no-edit ${remote}/${branch}`,
    `${git} push --set-upstream ${remote} HEAD:${branch}`,
  ];
}

/** The file may end without a line break. */
function ignoreCommand({ root, toIgnore }: Checkout): string[] {
  if (toIgnore.length === 0) return [];
  return [`printf '\\n%s' ${toIgnore.map(shellWord).join(" ")} >> ${shellWord(`${root}/.gitignore`)}`];
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
