/** Pull requests for people to look at: how they stand, what they change, what was said. */
import type { ServiceContext } from "../core/service.ts";
import { type Github, openGithub } from "./github.ts";
import { changedFiles, sidesOf } from "./pull-changes.ts";
import { mergeability } from "./pull-merge.ts";
import { allPulls, type PullRequest } from "./pull-request.ts";
import { reviewsOf } from "./pull-reviews.ts";
import type { Repository } from "./repository.ts";
import { statusesOf } from "./statuses.ts";

/** A pull request in a list. */
export interface ShownPull {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly state: "open" | "merged" | "closed";
  readonly branch: string;
  readonly checks: readonly { readonly name: string; readonly state: string; readonly description: string }[];
  readonly reviews: readonly { readonly author: string; readonly state: string }[];
  /** The rules that keep its author from merging it. */
  readonly obstacles: readonly string[];
}

/** A pull request by itself. */
export interface ShownPullDetails {
  readonly files: readonly {
    readonly filename: string;
    readonly status: string;
    readonly additions: number;
    readonly deletions: number;
    readonly patch?: string;
  }[];
  readonly comments: readonly { readonly author: string; readonly body: string; readonly time: string }[];
}

/** Pull requests over GitHub's own context. */
export interface PullOverview {
  /** The newest first. */
  list(): ShownPull[];
  details(repository: string, number: number): ShownPullDetails | undefined;
}

const SHOWN = 10;

/** The overview. */
export function pullOverview(context: ServiceContext): PullOverview {
  const github = openGithub(context);
  const all = (): [Repository, PullRequest][] =>
    github.data.repositories
      .list()
      .flatMap((repository) =>
        allPulls(github, repository).map((pull): [Repository, PullRequest] => [repository, pull]),
      );
  return {
    list: () =>
      all()
        .sort(([, a], [, b]) => b.id - a.id)
        .slice(0, SHOWN)
        .map(([repository, pull]) => show(github, repository, pull)),
    details(fullName, number) {
      const [found] = all().filter(([repository, pull]) => nameOf(repository) === fullName && pull.number === number);
      if (!found) return undefined;
      const [repository, pull] = found;
      const comments = github.data.comments.list(
        (comment) => comment.repositoryId === repository.id && comment.issueNumber === number,
      );
      return {
        files: changedFiles(github, repository, sidesOf(github, repository, pull)),
        comments: comments.map(({ author, body, updatedAt }) => ({ author, body, time: updatedAt })),
      };
    },
  };
}

function show(github: Github, repository: Repository, pull: PullRequest): ShownPull {
  const { head } = sidesOf(github, repository, pull);
  const statuses = head ? statusesOf(github, repository, head) : [];
  const latest = statuses.filter(
    (one, index) => statuses.findIndex((other) => other.context === one.context) === index,
  );
  const author = github.identity.find(pull.author);
  return {
    repository: nameOf(repository),
    number: pull.number,
    title: pull.title,
    author: pull.author,
    state: pull.pull.mergeSha !== null ? "merged" : pull.state,
    branch: pull.pull.head,
    checks: latest
      .map(({ context, state, description }) => ({ name: context, state, description: description ?? "" }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    reviews: reviewsOf(github, repository, pull).map(({ author, state }) => ({ author, state })),
    obstacles: mergeability(github, repository, pull, author).broken,
  };
}

function nameOf({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}
