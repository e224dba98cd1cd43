/** What of an application's folder belongs to its image. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { nameOfBytes } from "./file-names.ts";
import { IgnoreRules } from "./ignore-file.ts";

/** Ignore files themselves: a comment in one is no reason for another image. An exception lets them in. */
const RULES_THEMSELVES = ["**/*.dockerignore"];
/** Stays out where no ignore file says otherwise: other histories, bytecode, virtual environments, caches of tools. */
const BY_DEFAULT = [
  ...["**/.hg", "**/.svn"],
  ...["**/__pycache__", "**/*.py[co]"],
  ...["**/.venv", "**/venv"],
  ...["**/.mypy_cache", "**/.ruff_cache", "**/.pytest_cache", "**/.hypothesis", "**/.tox", "**/.nox"],
  ...["**/.coverage", "**/.coverage.*", "**/htmlcov", "**/.ipynb_checkpoints", "**/.DS_Store"],
];
/** Never part of an image: the history, which differs between checkouts of one tree, and what is staged of it. */
const NEVER = ["**/.git", "**/.delivery"];

/** Patterns that go before, in place of, and behind those of an ignore file; a job that builds elsewhere takes the same. */
export const COMMON_PATTERNS = { before: RULES_THEMSELVES, byDefault: BY_DEFAULT, behind: NEVER } as const;

/** The rules for a context. */
export interface ContextRules {
  readonly rules: IgnoreRules;
  /** The ignore file that they are of; undefined when there is none, and the default list stands for it. */
  readonly file: string | undefined;
  /** Exceptions that ask for the history, in vain. */
  readonly asksForHistory: readonly string[];
}

/**
 * Reads them: an ignore file of the Dockerfile's own comes before the context's (Docker's "Build context").
 * @throws the system's error when a file cannot be read, and an Error for a pattern that is not valid.
 */
export async function contextRules(source: string, dockerfile: string): Promise<ContextRules> {
  const candidates = [`${dockerfile}.dockerignore`, join(source, ".dockerignore")];
  for (const file of candidates) {
    const text = await contentOf(file);
    if (text === undefined) continue;
    const asksForHistory = new IgnoreRules(text).exceptionsNaming(".git");
    return { rules: rulesOf(text), file, asksForHistory };
  }
  return { rules: rulesOf(lines(BY_DEFAULT)), file: undefined, asksForHistory: [] };
}

function rulesOf(text: string): IgnoreRules {
  return new IgnoreRules(lines(RULES_THEMSELVES), text, lines(NEVER));
}

function lines(patterns: readonly string[]): string {
  return patterns.join("\n");
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return nameOfBytes(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
