/** The one thing that the edition needs of a container engine. */

/** What to build, and where to push it. */
export interface BuildRequest {
  readonly contextDir: string;
  /** Path of the Dockerfile. */
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly platforms: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly registries: readonly { readonly address: string; readonly username: string; readonly password: string }[];
  readonly signal: AbortSignal;
  readonly onLog: (line: string) => void;
}

/** Builds an image and pushes all its tags; gives the manifest's digest. */
export type Build = (request: BuildRequest, environment: NodeJS.ProcessEnv) => Promise<{ readonly digest: string }>;
