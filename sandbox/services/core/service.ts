/**
 * What an emulated service is made of. A service is a Hono app built on a `ServiceContext`; the host
 * (`host.ts`) gives each its own loopback port and wraps it with traffic recording, faults and request ids.
 * A route refuses by throwing a `VendorError`. The host answers what is not a route with the vendor's 404
 * and records it as not emulated; a route that leaves something out says so with `markNotEmulated`.
 * What is stored holds no base URL: the next start may be on another port.
 */
import type { Hono } from "hono";
import type { ObjectGroup } from "./overview.ts";

/** Names of the emulated services, also used in traffic lines and fault rules. */
export type ServiceName = "github" | "circleci" | "sentry" | "render";

/** A collection of JSON objects of one kind, kept in the sandbox's SQLite file in insertion order. */
export interface Collection<T> {
  get(id: string): T | undefined;
  /** Creates or replaces. */
  put(id: string, value: T): T;
  /** True when something was deleted. */
  delete(id: string): boolean;
  list(filter?: (value: T) => boolean): T[];
  find(filter: (value: T) => boolean): T | undefined;
}

/** The store of one service. All collections of all services live in one SQLite file. */
export interface Store {
  collection<T>(kind: string): Collection<T>;
  /** The next number of a named sequence, from 1: stable numeric ids. */
  next(sequence: string): number;
  /** All or nothing: an exception inside rolls back. */
  transaction<T>(work: () => T): T;
}

/** Accounts and tokens that the emulated services accept. */
export interface SandboxAccount {
  /** Owner / organization name on GitHub, CircleCI and Sentry: "acme". */
  readonly owner: string;
  /** Accepted token of each service; any other answers the vendor's 401. */
  readonly tokens: Readonly<Record<ServiceName, string>>;
  /** What tokens and plans do not allow. By default they allow all of it. */
  readonly limits?: AccountLimits;
  /**
   * What Render does with a deploy while another one of the service is under way, a setting of the workspace: it waits
   * (by default here, as recorded), or it takes the other's place (Render changelog, 2025-05-28).
   */
  readonly renderOverlappingDeploys?: "wait" | "override";
}

/** Limits of an account, for trying what a program makes of them. */
export interface AccountLimits {
  /** Scopes of GitHub's classic token; or the permissions that a fine-grained one has. */
  readonly githubScopes?: readonly string[];
  readonly githubPermissions?: readonly ("administration" | "contents")[];
  /** Plan of the organization on GitHub. */
  readonly githubPlan?: "free" | "team";
  readonly githubCallsLeft?: number;
  /** False while nobody has let CircleCI into the GitHub organization. */
  readonly circleciAuthorized?: boolean;
  /** Scopes of Sentry's token. */
  readonly sentryScopes?: readonly string[];
  /** Reads that Render's key has left in this minute. */
  readonly renderCallsLeft?: number;
  /** Render refuses a call that its rate limits do not allow; without it calls are only counted. */
  readonly renderRateLimits?: boolean;
}

/** What a service gets to work with. */
export interface ServiceContext {
  readonly store: Store;
  readonly account: SandboxAccount;
  /** Own base URL as a client sees it, without a trailing slash: http://127.0.0.1:PORT. */
  readonly baseUrl: string;
  /** Current time as ISO 8601; injected so that tests are deterministic. */
  now(): string;
  /** Something noteworthy for the console's log (not an HTTP call). */
  log(message: string): void;
}

/** An emulated service, ready to be hosted. */
export interface EmulatedService {
  readonly name: ServiceName;
  readonly app: Hono;
  /** Counts of objects by kind, for `GET /_sandbox/state` and "everything is gone" proofs. */
  state(): Record<string, number>;
  /** The objects worth showing to a person, without secrets. */
  overview(): readonly ObjectGroup[];
  /** Stops what the service started itself (containers, timers). Also called before a reset builds it anew. */
  close(): Promise<void>;
}

/** How emulated Render runs images. The real one is in sandbox/docker; a provider test may give a scripted one. */
export interface ContainerRunner {
  /**
   * Pulls and starts; resolves when the process is started, not when it is healthy. Rejects with a readable reason, an
   * `UnavailableImage` when the image cannot be pulled.
   */
  start(request: ContainerRequest): Promise<RunningContainer>;
  /**
   * What an image's reference stands for in its registry now: `sha256:...`; undefined when the registry does not say.
   * A runner without it does not ask, and an image is known by its digest once it runs.
   */
  digestOf?(image: string, credential?: PullCredential): Promise<string | undefined>;
}

/** A login for pulling an image. */
export interface PullCredential {
  readonly username: string;
  readonly password: string;
}

export interface ContainerRequest {
  /** Unique name, e.g. the deploy's id. */
  readonly name: string;
  /** `repository:tag` or `repository@sha256:...`. */
  readonly image: string;
  /** A container on the machine's own network gets a free port as PORT, whatever it is here: an old and a new deploy run side by side. */
  readonly env: Readonly<Record<string, string>>;
  readonly credential?: PullCredential;
  /** A command that replaces the image's own, as a shell would read it. */
  readonly command?: string;
  /** It runs to its end: a pre-deploy command, a run of a cron job. Without it, it is meant to keep running. */
  readonly isJob?: boolean;
  /** Contents of files to place in the container before it starts, by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface RunningContainer {
  /** Where the site answers: http://127.0.0.1:PORT. */
  readonly url: string;
  /** Digest of the image that runs: sha256:... */
  readonly digest: string;
  running(): Promise<boolean>;
  /** How the process ended; undefined while it runs, or when the runner cannot tell. */
  exitCode?(): Promise<number | undefined>;
  /** Last lines of its output. */
  logs(lines: number): Promise<string[]>;
  stop(): Promise<void>;
}
