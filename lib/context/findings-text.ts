/** What is said of a context, each thing in one line. */
import { shownPath } from "./file-names.ts";
import type { Findings } from "./findings.ts";

/** How many paths are named; of the rest the number is said. */
const NAMED = 5;

/** Something to do something about. */
export interface FindingToFix {
  readonly found: string;
  readonly mend: string;
}

/** Things to know, and things to do something about. */
export interface FindingsText {
  readonly notes: readonly string[];
  readonly warnings: readonly FindingToFix[];
}

/** Puts findings into words. */
export function findingsText(findings: Findings): FindingsText {
  const { isByDefault, ignoredByGit } = findings;
  const notes = [
    isByDefault &&
      "The application has no .dockerignore: version control, bytecode, virtual environments and caches of tools stay out of the image.",
    ignoredByGit.length > 0 &&
      `Git ignores these, and they become part of the image: ${named(ignoredByGit.map(counted))}. Name in .dockerignore what is not meant to.`,
  ];
  return { notes: notes.filter((text) => text !== false), warnings: [...warningsOf(findings)] };
}

function* warningsOf(findings: Findings): Generator<FindingToFix> {
  const { asksForHistory, leftOut, secretLooking, crlfScripts, convertedLines } = findings;
  if (leftOut.length > 0)
    yield {
      found: `Left out of the image, as secrets that git does not track: ${named(leftOut)}.`,
      mend: `If one is meant to be in it, name it in .dockerignore: ${example(leftOut[0])}`,
    };
  if (secretLooking.length > 0)
    yield {
      found: `These look like secrets and become part of the image: ${named(secretLooking)}.`,
      mend: "If they should not, add them to .dockerignore.",
    };
  if (asksForHistory.length > 0)
    yield {
      found: `.dockerignore asks for the history by ${asksForHistory.join(", ")}. .git never enters an image: it differs between two checkouts of one tree.`,
      mend: "Give the commit as a build argument or a label.",
    };
  if (convertedLines.length > 0)
    yield {
      found: `Lines end in CRLF here and in LF in what was committed, so that another checkout makes another image: ${named(convertedLines)}.`,
      mend: gitAttributes("* text=auto eol=lf"),
    };
  if (crlfScripts.length > 0)
    yield {
      found: `Linux does not start these scripts, because their lines end in CRLF: ${named(crlfScripts)}.`,
      mend: gitAttributes(
        crlfScripts.every((path) => path.endsWith(".sh")) ? "*.sh text eol=lf" : "* text=auto eol=lf",
      ),
    };
}

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, NAMED).map(shownPath).join(", ");
  return paths.length > NAMED ? `${shown} and ${paths.length - NAMED} more` : shown;
}

function counted({ path, files }: Findings["ignoredByGit"][number]): string {
  return path.endsWith("/") ? `${path} (${files} ${files === 1 ? "file" : "files"})` : path;
}

function example(path = ""): string {
  return `!${shownPath(path)}`;
}

function gitAttributes(line: string): string {
  return `Add to .gitattributes: ${line}   then run: git add --renormalize . && git commit && git checkout-index --force --all`;
}
