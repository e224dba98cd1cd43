/**
 * Runs a program as a user without rights, though its folders are root's alone. In a mount namespace of its own the
 * folders are shown below a place that every user can enter; nothing changes for the rest of the machine.
 */
import { resolve } from "node:path";
import type { Tool } from "../system/command.ts";
import { hostTool } from "../system/host.ts";

/** A folder that the program sees. */
export interface ShownFolder {
  readonly folder: string;
  /** Its name below the place. */
  readonly name: string;
}

/** A program's view of the folders. */
export interface UnprivilegedView {
  /** The path at which the program sees a path of this machine. */
  seen(path: string): string;
  /** The tool that runs its arguments as that user; the environment is the whole one. */
  tool(env: Readonly<Record<string, string>>): Tool;
}

/** "nobody" of Debian: the server asks for the name of its user, so it has to be one that the machine knows. */
export const UNPRIVILEGED_ID = 65_534;

/** Folders that every Debian has ("Filesystem Hierarchy Standard") and that no program of it needs. */
const PLACES = ["/mnt", "/media", "/srv"];

/** Arguments: the place, then for each folder its path and its name, then "--" and the command. */
const SCRIPT = `
set -eu
place="$1"; shift
mount -t tmpfs -o mode=755,size=1m tmpfs "$place"
while [ "$1" != -- ]; do
  mkdir "$place/$2"
  mount --bind "$1" "$place/$2"
  shift 2
done
shift
cd "$place"
exec setpriv --reuid=${UNPRIVILEGED_ID} --regid=${UNPRIVILEGED_ID} --clear-groups --no-new-privs "$@"
`;

/**
 * Shows folders to programs without rights. Takes root.
 * @throws Error when every place is in the way of a folder.
 */
export function unprivilegedView(folders: readonly ShownFolder[]): UnprivilegedView {
  const shown = folders.map(({ folder, name }) => ({ folder: resolve(folder), name }));
  const place = PLACES.find((candidate) => shown.every(({ folder }) => !`${folder}/`.startsWith(`${candidate}/`)));
  if (place === undefined) throw new Error(`Nothing can be shown below ${PLACES.join(", ")}: the folders lie there.`);
  const prefix = [
    ...["--mount", "--propagation", "private", "/bin/sh", "-c", SCRIPT, "sh", place],
    ...shown.flatMap(({ folder, name }) => [folder, name]),
    "--",
  ];
  return {
    seen(path) {
      const { folder, name } = shown.find((one) => `${path}/`.startsWith(`${one.folder}/`)) ?? {};
      return folder === undefined ? path : `${place}/${name}${path.slice(folder.length)}`;
    },
    tool: (env) => ({ program: hostTool("unshare").program, args: prefix, env }),
  };
}
