/** What CircleCI's place may ask of the emulated GitHub, and tell it. */
import type { ServiceContext } from "../core/service.ts";
import { partKey } from "./data.ts";
import { openGithub } from "./github.ts";
import { findBranch, findCommit, readBlob } from "./history.ts";
import { allPulls } from "./pull-request.ts";
import type { Repository } from "./repository.ts";
import { findRepository } from "./repository-search.ts";

/** A status, in GitHub's words. */
interface Status {
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string;
  readonly targetUrl: string;
}

/** Questions and answers over GitHub's own context. Repositories are named `owner/name`. */
export function pipelineSource(context: ServiceContext) {
  const github = openGithub(context);
  const find = (fullName: string): Repository | undefined => {
    const [owner = "", name = ""] = fullName.split("/");
    return findRepository(github, owner, name);
  };
  return {
    messageOf(fullName: string, sha: string): string | undefined {
      const repository = find(fullName);
      return repository && findCommit(github, repository, sha)?.message;
    },
    readFile(fullName: string, sha: string, path: string): string | undefined {
      const repository = find(fullName);
      const file = repository && findCommit(github, repository, sha)?.files[path];
      return repository && file && readBlob(github, repository, file.sha).toString();
    },
    headOf(fullName: string, branch: string): string | undefined {
      const repository = find(fullName);
      return repository && findBranch(github, repository, branch)?.sha;
    },
    pullRequestOf(fullName: string, branch: string): string | undefined {
      const repository = find(fullName);
      const pull =
        repository && allPulls(github, repository).find((one) => one.state === "open" && one.pull.head === branch);
      return pull && github.urls.html(`/${fullName}/pull/${pull.number}`);
    },
    setStatus(fullName: string, sha: string, status: Status): void {
      const repository = find(fullName);
      if (!repository) return;
      const id = github.nextId();
      const stored = { ...status, id, sha, repositoryId: repository.id, createdAt: github.now() };
      github.data.statuses.put(partKey(repository.id, id), stored);
    },
    cloneUrl(fullName: string): string {
      const url = new URL(github.urls.html(`/${fullName}.git`));
      url.username = "x-access-token";
      url.password = context.account.tokens.github;
      return url.href;
    },
    webUrl: (fullName: string): string => github.urls.html(`/${fullName}`),
  };
}
