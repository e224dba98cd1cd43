/** The image's tag, derived from all that decides the image, so that the same tree has the same tag on any machine. */
import { createHash } from "node:crypto";

/** What of a file decides an image. Owner, time and umask are not in it. */
export interface FileIdentity {
  readonly kind: "file" | "executable" | "link";
  /** SHA-256 of the bytes, or of a link's target. */
  readonly sha256: string;
}

/** What else decides an image. */
export interface TagSettings {
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly target?: string | undefined;
  readonly platforms: readonly string[];
  readonly revision?: string | undefined;
}

/** To be raised when what is derived changes: every image is built anew then. */
const DERIVATION = 2;

/**
 * SHA-256 of a context: its files by their paths, and the Dockerfile. The ignore file has no part in it, since what it
 * leaves has.
 */
export function contentHash(files: ReadonlyMap<string, FileIdentity>, dockerfile: string): string {
  const listed = sorted([...files].map(([path, { kind, sha256 }]) => [path, kind, sha256]));
  return sha256(JSON.stringify({ files: listed, dockerfile }));
}

/** `content-` and 16 hexadecimal digits, for a context with this hash. */
export function contentTag(context: string, settings: TagSettings): string {
  const { buildArguments, labels, target, platforms, revision } = settings;
  const canonical = {
    derivation: DERIVATION,
    context,
    buildArguments: sorted(Object.entries(buildArguments)),
    ...(Object.keys(labels).length > 0 && { labels: sorted(Object.entries(labels)) }),
    target,
    platforms: platforms.toSorted(),
    revision,
  };
  return `content-${sha256(JSON.stringify(canonical)).slice(0, 16)}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function sorted(entries: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return entries.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}
