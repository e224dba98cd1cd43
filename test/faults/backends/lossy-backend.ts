/** Backends that fail in the middle of a run: a disk that is full, a bucket whose connection is cut. */
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { startS3Server } from "../../e2e/support/s3-server.ts";

/** A backend that can be told to lose what is written. */
export interface LossyBackend {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** From now on no state can be written. */
  lose(): Promise<void>;
  /** As it was before. Gives whether anything was lost meanwhile, where that can be known. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** Enough for a state and its history. */
const DISK_MB = 16;
const STATE = /\/\.pulumi\/(stacks|history|backups)\//;

/**
 * A folder on a disk of its own, in memory.
 * @returns the reason, where this user may not mount one.
 */
export async function fullDisk(folder: string): Promise<LossyBackend | string> {
  const disk = join(folder, "disk");
  await mkdir(disk, { recursive: true });
  const mounted = await execa("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m`, "tmpfs", disk], { reject: false });
  if (mounted.failed) return `a small disk cannot be mounted here: ${mounted.stderr || mounted.message}`;
  const filler = join(disk, "filler");
  await mkdir(join(disk, "backend"));
  return {
    name: "a full disk",
    env: { PULUMI_BACKEND_URL: pathToFileURL(join(disk, "backend")).href },
    lose: () => fill(filler),
    heal: () => rm(filler),
    async close() {
      await execa("umount", [disk]);
    },
  };
}

/** Down to the last byte, as a page that is begun could take some more. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, "w");
  try {
    for (let size = 2 ** 20; size >= 1; ) {
      try {
        const { bytesWritten } = await handle.write(Buffer.alloc(size, 1));
        if (bytesWritten < size) size = Math.floor(size / 2);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    await handle.close();
  }
}

/** An S3 bucket; every write of a state is cut in its middle. */
export async function cutBucket(folder: string): Promise<LossyBackend> {
  const s3 = await startS3Server(join(folder, "s3"));
  let cut: ReturnType<typeof s3.cut> | undefined;
  return {
    name: "a bucket whose connection is cut in the middle of a write",
    // To ask again takes minutes, and ends alike.
    env: { ...s3.env, PULUMI_BACKEND_URL: s3.backendUrl, AWS_MAX_ATTEMPTS: "1" },
    async lose() {
      cut = s3.cut("PUT", STATE);
    },
    async heal() {
      if (cut?.count() === 0) throw new Error("no write was cut");
      cut?.end();
    },
    close: () => s3.close(),
  };
}
