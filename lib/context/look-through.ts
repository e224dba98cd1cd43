/** A build's context, looked at where it lies. */
import { readFile } from "node:fs/promises";
import { contextRules } from "./context-rules.ts";
import { contextEntries } from "./context-walk.ts";
import { type Findings, findingsOf, secretsToLeaveOut } from "./findings.ts";
import { gitView } from "./git-view.ts";
import { readAll } from "./threads.ts";
import { knownOf, readTree, type Tree } from "./tree.ts";

/** A folder with what its rules leave of it. */
export interface OpenTree {
  readonly tree: Tree;
  /** Secrets beyond doubt that are left out because of their names. */
  readonly secrets: ReadonlySet<string>;
}

/** Lists the context. Throws the system's error when a folder cannot be read, and an Error for an ignore file that is not valid. */
export async function openTree(source: string, dockerfilePath: string): Promise<OpenTree> {
  // Git looks at the folder at the same time.
  const asked = gitView(source);
  const rules = await contextRules(source, dockerfilePath);
  const dockerfile = await readFile(dockerfilePath, "utf8");
  const all = contextEntries(source, rules);
  const git = await asked;
  const paths = all.map(({ path }) => path);
  const secrets = await secretsToLeaveOut(paths, () => false, rules, git);
  return { tree: { source, dockerfile, entries: all.filter(({ path }) => !secrets.has(path)), rules, git }, secrets };
}

/** What is worth knowing of the context, without staging it. Throws as `openTree`, and when a file cannot be read. */
export async function contextFindings(source: string, dockerfilePath: string): Promise<Findings> {
  const { tree, secrets } = await openTree(source, dockerfilePath);
  const { files, keys } = await readTree(tree, new Map(knownOf(await readAll(source, tree.entries))));
  return findingsOf(files, [...secrets, ...keys], tree.rules, tree.git);
}
