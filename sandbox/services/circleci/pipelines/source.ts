/** What pipelines ask of GitHub, and tell it. */

/** A status of a commit, in GitHub's words. */
export interface CheckStatus {
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string;
  readonly targetUrl: string;
}

/** GitHub, as CircleCI's place reaches it. Repositories are named `owner/name`. */
export interface PipelineSource {
  /** Message of a commit; undefined when there is none. */
  messageOf(repository: string, sha: string): string | undefined;
  /** Text of a file of a commit. */
  readFile(repository: string, sha: string, path: string): string | undefined;
  /** The newest commit of a branch. */
  headOf(repository: string, branch: string): string | undefined;
  /** Address of the open pull request of a branch. */
  pullRequestOf(repository: string, branch: string): string | undefined;
  setStatus(repository: string, sha: string, status: CheckStatus): void;
  /** Address from which git gets the repository, with the right to. */
  cloneUrl(repository: string): string;
  /** Its address for people. */
  webUrl(repository: string): string;
}
