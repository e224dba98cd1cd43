/** Where the application is in its repository: what CircleCI's jobs start from. */
import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { dockerfilePath } from "../../lib/dockerfile.ts";
import { inProject, projectRoot } from "../../lib/project-folder.ts";

/** What of a configuration decides it. */
interface Settings {
  readonly application: { readonly path: string };
  readonly image?: { readonly dockerfile?: string | undefined } | undefined;
  readonly pipeline?: { readonly workingDirectory?: string | undefined } | undefined;
}

/** The application's folder and its Dockerfile, as a job of the repository names them. */
export interface ApplicationPlace {
  /** The application's folder from the repository's root; `.` for the root itself. */
  readonly workingDirectory: string;
  /** The Dockerfile from the application's folder; undefined when it lies outside of the repository. */
  readonly dockerfile: string | undefined;
}

/** Finds it: the configured folder, else where `application.path` is in its git checkout. */
export function applicationPlace(configuration: Settings): ApplicationPlace {
  const folder = inProject(configuration.application.path);
  const root = repositoryRoot(folder);
  const workingDirectory = configuration.pipeline?.workingDirectory ?? (posix(relative(root, folder)) || ".");
  const dockerfile = dockerfilePath(configuration);
  const isInside = !relative(root, dockerfile).startsWith("..");
  return { workingDirectory, dockerfile: isInside ? posix(relative(folder, dockerfile)) : undefined };
}

/**
 * The checkout that holds the folder. Without one, or when it is this program's own, as in a sandbox, the folder
 * stands for a repository.
 */
export function repositoryRoot(folder: string): string {
  for (let root = folder; ; root = dirname(root)) {
    if (existsSync(join(root, ".git"))) return root === projectRoot ? folder : root;
    if (root === dirname(root)) return folder;
  }
}

function posix(path: string): string {
  return path.split(sep).join("/");
}
