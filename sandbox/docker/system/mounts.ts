/** Mounts of this machine. */
import { readFile } from "node:fs/promises";
import { execa } from "execa";

/** Mount points at or below a folder, the deepest last; none where there is no /proc. */
export async function mountsBelow(folder: string): Promise<string[]> {
  const table = await readFile("/proc/self/mountinfo", "utf8").catch(() => "");
  return table
    .split("\n")
    .map((line) => decodeOctal(line.split(" ")[4] ?? ""))
    .filter((mount) => mount === folder || mount.startsWith(`${folder}/`));
}

/** Unmounts everything at or below a folder; a busy mount is detached and goes when its last user does. */
export async function unmountBelow(folder: string): Promise<void> {
  for (const mount of (await mountsBelow(folder)).reverse()) {
    const { failed } = await execa("umount", [mount], { reject: false });
    if (failed) await execa("umount", ["--lazy", mount], { reject: false });
  }
}

/** The kernel writes spaces and the like as octal numbers. */
function decodeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_match, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
