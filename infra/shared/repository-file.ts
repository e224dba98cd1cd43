/** A file in a GitHub repository, and whose it is. */
import * as github from "@pulumi/github";
import { type CustomResourceOptions, log, type Output, type Resource } from "@pulumi/pulumi";

/** `managed`: the program writes it. `seeded`: only the first time. `observed`: never, it is compared. */
export type FileKeeping = "managed" | "seeded" | "observed";

/** Arguments of repositoryFile. */
export interface RepositoryFileArgs {
  readonly repository: Output<string>;
  /** Name of the repository, as configured. */
  readonly configuredName: string;
  /** The default branch. */
  readonly branch: string;
  readonly keeping: FileKeeping;
  /** Path in the repository. */
  readonly file: string;
  /** What the program writes, or compares with. */
  readonly content: string;
  readonly commitMessage: string;
}

/** Declares the file. One that is `observed` has to be there; a difference is a warning. */
export function repositoryFile(name: string, args: RepositoryFileArgs, parent: Resource): github.RepositoryFile {
  const { repository, configuredName, branch, keeping, file, content, commitMessage } = args;
  // A change of the repository's name would write what the state remembers over what the team has made of the file.
  const theirs = { ignoreChanges: ["content", "commitMessage", "repository"], retainOnDelete: true };
  const options: CustomResourceOptions = {
    parent,
    ...(keeping !== "managed" && theirs),
    // Without it a file that is not in the state would be written.
    ...(keeping === "observed" && { import: `${configuredName}:${file}:${branch}` }),
  };
  const declared = new github.RepositoryFile(name, { repository, file, content, commitMessage }, options);
  if (keeping === "observed")
    declared.content.apply((found) => {
      if (found === content) return;
      void log.warn(`${file} is not what the program would write. It is only observed, and stays as it is.`, declared);
    });
  return declared;
}
