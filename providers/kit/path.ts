/** Property paths in the engine's notation: `settings.plan`, `domains[0]`, `labels["a b"]`, `rules[*].name`. */

export type PathPart = string | number;
export type Path = readonly PathPart[];

const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;
const PART = /\.?([A-Za-z_$*][\w$-]*)|\[(\d+)\]|\[(\*)\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** Writes a path; the empty path is the empty string. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!IDENTIFIER.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}

/** Reads a path, as users write it in `ignoreChanges`. A text that is no path is taken as one property name. */
export function parsePath(text: string): Path {
  const parts: PathPart[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (!match) return [text];
    const [, name, index, star, quoted] = match;
    if (index !== undefined) parts.push(Number(index));
    else if (quoted !== undefined) parts.push(JSON.parse(`"${quoted}"`) as string);
    else parts.push(name ?? star ?? "");
  }
  return parts;
}

/** True when `path` is at or below `pattern`, in which `*` stands for any one part. */
export function isWithin(path: Path, pattern: Path): boolean {
  return pattern.length <= path.length && pattern.every((part, index) => part === "*" || part === path[index]);
}

/** The text with which a path is compared in a set. */
export function pathKey(path: Path): string {
  return JSON.stringify(path);
}
