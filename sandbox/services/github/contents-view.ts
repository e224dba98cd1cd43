/** Files and folders of a commit as GitHub's contents API shows them. */

import { type Files, folderEntries, type TreeFile, treeSha } from "./git-objects.ts";
import type { Github } from "./github.ts";
import { readBlob } from "./history.ts";
import type { Commit } from "./model.ts";
import type { Repository } from "./repository.ts";
import { repositoryPath } from "./repository-view.ts";

const BASE64_LINE = 60;

/** What stands at a path. */
export type Entry = { readonly file: TreeFile } | { readonly folder: Files };

/** The file or folder at a path of a commit; "" is the root. */
export function entryAt(commit: Commit, path: string): Entry | undefined {
  const file = commit.files[path];
  if (file) return { file };
  const prefix = path === "" ? "" : `${path}/`;
  const below = Object.entries(commit.files).filter(([name]) => name.startsWith(prefix));
  if (below.length === 0) return undefined;
  return { folder: Object.fromEntries(below.map(([name, entry]) => [name.slice(prefix.length), entry])) };
}

/** Everything but the content: what a list, and the answer to a write, have. */
export function entryView(github: Github, repository: Repository, ref: string, path: string, entry: Entry) {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const api = (rest: string): string => github.urls.api(`${repositoryPath(repository)}${rest}`);
  const html = (kind: string): string =>
    github.urls.html(`/${repository.owner}/${repository.name}/${kind}/${ref}/${encoded}`);
  const isFile = "file" in entry;
  // A submodule's commit is in another repository.
  const isSubmodule = isFile && entry.file.mode === "160000";
  const type = isSubmodule ? "submodule" : isFile && entry.file.mode === "120000" ? "symlink" : "file";
  const sha = isFile ? entry.file.sha : treeSha(entry.folder);
  const self = api(`/contents/${encoded}?ref=${encodeURIComponent(ref)}`);
  const git = api(isFile ? `/git/blobs/${sha}` : `/git/trees/${sha}`);
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    sha,
    size: isFile && !isSubmodule ? readBlob(github, repository, sha).length : 0,
    url: self,
    html_url: html(isFile ? "blob" : "tree"),
    git_url: git,
    download_url: isFile && !isSubmodule ? html("raw") : null,
    type: isFile ? type : "dir",
    _links: { self, git, html: html(isFile ? "blob" : "tree") },
  };
}

/** GET .../contents/{path}: a file with its content, or what a folder holds. */
export function contentsView(github: Github, repository: Repository, ref: string, path: string, entry: Entry) {
  if ("file" in entry) {
    const view = entryView(github, repository, ref, path, entry);
    // Where it is from stands in .gitmodules, which is not read here.
    if (entry.file.mode === "160000") return { ...view, submodule_git_url: "" };
    if (entry.file.mode === "120000")
      return { ...view, target: readBlob(github, repository, entry.file.sha).toString() };
    const content = readBlob(github, repository, entry.file.sha).toString("base64");
    return {
      ...entryView(github, repository, ref, path, entry),
      content: content.replace(new RegExp(`.{1,${BASE64_LINE}}`, "g"), "$&\n"),
      encoding: "base64",
    };
  }
  const { files, folders } = folderEntries(entry.folder);
  const entries: [string, Entry][] = [
    ...[...files].map(([name, file]): [string, Entry] => [name, { file }]),
    ...[...folders].map(([name, folder]): [string, Entry] => [name, { folder }]),
  ];
  return entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, below]) => entryView(github, repository, ref, path === "" ? name : `${path}/${name}`, below));
}
