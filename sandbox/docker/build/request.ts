/** What is built and pushed. */

/** One build of one image, pushed under one or more tags. */
export interface BuildRequest {
  /** Folder of the build context. */
  readonly contextDir: string;
  /** Path of the Dockerfile. */
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Contents of the build secrets, by id. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly target?: string;
  /** One at most, e.g. "linux/amd64"; the machine's own when empty. */
  readonly platforms: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** `registry/repository:tag`, one or more. */
  readonly tags: readonly string[];
  readonly registries: readonly RegistryLogin[];
  /** Ends the build. */
  readonly signal: AbortSignal;
  /** Sees every line of the build's log. */
  onLog(line: string): void;
}

/** A login at a registry. */
export interface RegistryLogin {
  /** `host:port` or a host, as it starts an image's name. */
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

/** What was pushed. */
export interface PushedImage {
  /** Digest of the manifest: sha256:... */
  readonly digest: string;
}
