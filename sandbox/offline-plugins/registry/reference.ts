/** Names of images: `localhost:5000/acme/site:tag`. */

/** A name that says which registry it is in. */
export interface ImageReference {
  /** Host of the registry, with its port if it names one. */
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
}

const REFERENCE =
  /^(?<host>localhost|(?:[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+(?::\d+)?)|(?:[a-zA-Z0-9-]+:\d+))\/(?<repository>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(?<tag>[\w][\w.-]{0,127}))?$/;

/** What a name says, or undefined when it does not name its registry. */
export function parseReference(name: string): ImageReference | undefined {
  const groups = REFERENCE.exec(name)?.groups;
  const { host, repository, tag = "latest" } = groups ?? {};
  return host && repository ? { host, repository, tag } : undefined;
}

/** `repository:tag@digest`, or undefined when the name does not name its registry. */
export function withDigest(name: string, digest: string): string | undefined {
  const reference = parseReference(name);
  return reference && `${reference.host}/${reference.repository}:${reference.tag}@${digest}`;
}
