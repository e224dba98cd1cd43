/** By what a file is seen to be unchanged without reading it: size, times in nanoseconds, and inode, as git does it. */
import type { BigIntStats } from "node:fs";

/** A stamp. The empty one is of no file. */
export type FileStamp = string;

/**
 * As long as a file system's clock may stand still: a file that is written twice within that time has one stamp for two
 * contents, if it is written fast enough.
 */
const COARSEST_CLOCK_MS = 2_500n;

/** The stamp of a file. The mode is in it by the time of its change. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): FileStamp {
  return `${ctimeNs}:${mtimeNs}:${size}:${ino}`;
}

/** Whether a file with this stamp, read at that time in milliseconds, can be told from one that was changed after. */
export function isSettled(stamp: FileStamp, readAt: number): boolean {
  return BigInt(stamp.slice(0, stamp.indexOf(":"))) / 1_000_000n + COARSEST_CLOCK_MS < BigInt(Math.floor(readAt));
}
