/** A repository's name at GitHub, which follows a former one to what it is called now. */

/** A repository that is called otherwise than it was asked for. */
export interface Renamed {
  /** `acme/site is called acme/website now`. */
  readonly said: string;
  /** The settings that follow it, by their key in the stack's file. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Path of a repository. */
export function repositoryPath(owner: string, name: string): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

/** Whether what was answered goes by another name than what was asked for. GitHub's names are the same in either case. */
export function renamedTo(owner: string, name: string, fullName: string): Renamed | undefined {
  if (fullName.toLowerCase() === `${owner}/${name}`.toLowerCase()) return undefined;
  const [newOwner = "", newName = ""] = fullName.split("/");
  const differs = (one: string, other: string): boolean => one.toLowerCase() !== other.toLowerCase();
  return {
    said: `${owner}/${name} is called ${fullName} now`,
    settings: {
      ...(differs(owner, newOwner) && { "github:owner": newOwner }),
      ...(differs(name, newName) && { "delivery:repository.name": newName }),
    },
  };
}
