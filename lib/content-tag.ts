/** The image's tag, derived from all that decides the image, so that the same tree has the same tag on any machine. */
import { createHash } from "node:crypto";
import type { StagedContext } from "./staged-context.ts";

/** What else decides an image. */
export interface TagSettings {
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly target?: string | undefined;
  readonly platforms: readonly string[];
  readonly revision?: string | undefined;
}

/** `content-` and 16 hexadecimal digits. The derivation has a number of its own, to be raised when it changes. */
export function contentTag({ files, dockerfile, ignoreFile }: StagedContext, settings: TagSettings): string {
  const { buildArguments, labels, target, platforms, revision } = settings;
  const canonical = {
    derivation: 1,
    files: sorted(files.map(({ path, kind, sha256 }) => [path, kind, sha256])),
    dockerfile,
    ignoreFile,
    buildArguments: sorted(Object.entries(buildArguments)),
    ...(Object.keys(labels).length > 0 && { labels: sorted(Object.entries(labels)) }),
    target,
    platforms: platforms.toSorted(),
    revision,
  };
  return `content-${createHash("sha256").update(JSON.stringify(canonical)).digest("hex").slice(0, 16)}`;
}

function sorted(entries: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return entries.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}
