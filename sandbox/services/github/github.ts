/** What GitHub's routes share. */
import type { AccountLimits, ServiceContext } from "../core/service.ts";
import { type GithubData, openData } from "./data.ts";
import { createIdentity, type Identity } from "./identity.ts";
import type { Repository } from "./repository.ts";
import { createUrls, type Urls } from "./urls.ts";

/** The emulated GitHub's state and surroundings. */
export interface Github {
  readonly data: GithubData;
  readonly identity: Identity;
  readonly urls: Urls;
  readonly limits: AccountLimits;
  /** Time in GitHub's form: ISO 8601 in whole seconds. */
  now(): string;
  /** A number that no other object has. */
  nextId(): number;
  transaction<T>(work: () => T): T;
  /** Tells whoever listens of a branch that a push or a merge has moved. */
  pushed(repository: Repository, moved: Pushed): void;
}

/** A branch that a push or a merge has moved. */
export interface Pushed {
  readonly branch: string;
  readonly sha: string;
}

/** Hears of pushes: CircleCI's place. */
export type PushListener = (repository: Repository, moved: Pushed) => void;

/** Hono's environment below `/repos/:owner/:repo`. */
export interface RepositoryEnv {
  Variables: { repository: Repository };
}

const FIRST_ID = 10_000;

/** Opens the emulated GitHub on a service's context. */
export function openGithub(context: ServiceContext, pushed: PushListener = () => {}): Github {
  return {
    data: openData(context.store),
    identity: createIdentity(context.account),
    urls: createUrls(context.baseUrl),
    limits: context.account.limits ?? {},
    now: () => `${context.now().slice(0, 19)}Z`,
    nextId: () => FIRST_ID + context.store.next("id"),
    transaction: (work) => context.store.transaction(work),
    pushed,
  };
}
