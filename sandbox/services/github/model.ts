/** What belongs to a repository, as the sandbox stores it. */
import type { Files, Signature } from "./git-objects.ts";

/** Part of a repository; deleted with it. */
export interface RepositoryPart {
  readonly repositoryId: number;
}

/** A branch and the commit that it points at. */
export interface Branch extends RepositoryPart {
  readonly name: string;
  readonly sha: string;
}

/** A file's content. */
export interface Blob extends RepositoryPart {
  readonly sha: string;
  readonly base64: string;
}

/** A commit with all its files. */
export interface Commit extends RepositoryPart {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  readonly files: Files;
  /** A pushed commit as Git stores it, in Base64: it may have a time zone, a signature and more that is not kept above. */
  readonly raw?: string;
}

/** A tag that was pushed. */
export interface Tag extends RepositoryPart {
  readonly name: string;
  /** The commit, or the annotated tag's own object. */
  readonly sha: string;
  /** An annotated tag as Git stores it, in Base64. */
  readonly raw?: string;
}

/** A status that a CI service set on a commit. */
export interface CommitStatus extends RepositoryPart {
  readonly id: number;
  readonly sha: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly createdAt: string;
}

/** An issue; a pull request is one with branches. */
export interface Issue extends RepositoryPart {
  readonly id: number;
  readonly number: number;
  /** Login of who opened it. */
  readonly author: string;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  readonly pull?: { readonly head: string; readonly base: string; readonly mergeSha: string | null };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
}

/** A comment on an issue or a pull request. */
export interface IssueComment extends RepositoryPart {
  readonly id: number;
  /** Login of who wrote it. */
  readonly author: string;
  readonly issueNumber: number;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What somebody said to a pull request as a whole. */
export interface Review extends RepositoryPart {
  readonly id: number;
  readonly pullNumber: number;
  /** Login of who wrote it. */
  readonly author: string;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  readonly body: string;
  /** The commit that was looked at. */
  readonly sha: string;
  readonly createdAt: string;
}

/** A label of a repository. */
export interface Label extends RepositoryPart {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** A webhook of a repository. */
export interface Hook extends RepositoryPart {
  readonly id: number;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly config: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A deploy key of a repository. */
export interface DeployKey extends RepositoryPart {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly readOnly: boolean;
  readonly createdAt: string;
}

/** A deployment environment. */
export interface Environment extends RepositoryPart {
  readonly id: number;
  readonly name: string;
  readonly waitTimer: number;
  readonly preventSelfReview: boolean;
  readonly branchPolicy: { readonly protected_branches: boolean; readonly custom_branch_policies: boolean } | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An Actions secret; its value is sealed and never read. */
export interface ActionsSecret extends RepositoryPart {
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A user who was given access to a repository. */
export interface Collaborator extends RepositoryPart {
  readonly login: string;
  readonly permission: string;
}
