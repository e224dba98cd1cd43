/** The image's tag, derived from all that decides the image, so that the same tree has the same tag on any machine. */
import { createHash } from "node:crypto";
import type { PartOf } from "../config.ts";

/** One file of the build's context. Owner, time and umask are not in it: they decide nothing. */
export interface ContextFile {
  /** Path in the context, with `/`. */
  readonly path: string;
  readonly kind: "file" | "executable" | "link";
  /** SHA-256 of the bytes, or of a link's target. */
  readonly sha256: string;
}

/** All that decides an image. */
export interface Ingredients {
  readonly files: readonly ContextFile[];
  readonly dockerfile: string;
  readonly dockerignore: string;
  readonly settings: Pick<PartOf<"image">, "buildArguments" | "target" | "platforms" | "revision">;
}

/** `content-` and 16 hexadecimal digits. Raise the first field when the derivation changes. */
export function imageTag({ files, dockerfile, dockerignore, settings }: Ingredients): string {
  const { buildArguments, target, platforms, revision } = settings;
  const canonical = [
    1,
    files.map(({ path, kind, sha256 }) => [path, kind, sha256]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    [dockerfile, dockerignore],
    Object.entries(buildArguments).sort(([a], [b]) => (a < b ? -1 : 1)),
    [target ?? "", platforms.toSorted(), revision ?? ""],
  ];
  return `content-${createHash("sha256").update(JSON.stringify(canonical)).digest("hex").slice(0, 16)}`;
}
