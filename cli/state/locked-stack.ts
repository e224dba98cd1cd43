/** Commands that change a stack, and the lock that a killed engine has left on it. */
import type { RunResult } from "../child-process.ts";
import { errorsOf, type Pulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { hasEnded, type LockOwner } from "./lock-owner.ts";

/** As the engine names the owner of a lock. */
const OWNER = /created by (?<user>.+)@(?<host>.+) \(pid (?<pid>\d+)\) at (?<time>\S+)/g;

/** A lock of a stack in a file, S3, Azure or Google Cloud backend. */
interface Lock extends LockOwner {
  readonly user: string;
  readonly time: string;
}

/** What to do about a command that failed in the middle of a recovery. */
const RECOVER_AGAIN = "What was not recovered is still marked as interrupted: fix the cause, then recover again.";

/**
 * Runs a command that changes the stack, as a step of a recovery.
 * @throws UserError when the lock's owner may still be at work, or the command fails.
 */
export function changeStack(pulumi: Pulumi, ...args: readonly string[]): Promise<void> {
  return changeLockedStack(pulumi, args, RECOVER_AGAIN);
}

/**
 * Runs a command that changes the stack. When the stack is locked by processes of this machine that have ended, removes
 * the lock and runs it again.
 * @param nextStep what to do when the command fails.
 * @throws UserError when the lock's owner may still be at work, or the command fails.
 */
export async function changeLockedStack(pulumi: Pulumi, args: readonly string[], nextStep: string): Promise<void> {
  const first = await pulumi.run(...args);
  if (first.code === 0) return;
  if (!isLocked(first)) throw failed(args, first, nextStep);
  const locks = locksIn(first);
  const alive = locks.filter((lock) => !hasEnded(lock));
  if (locks.length === 0 || alive.length > 0) throw stillLocked(alive, first);
  const cancelled = await pulumi.run("cancel", "--yes");
  if (cancelled.code !== 0) throw failed(["cancel"], cancelled, nextStep);
  const second = await pulumi.run(...args);
  if (second.code !== 0) throw failed(args, second, nextStep);
}

function isLocked({ stderr, stdout }: RunResult): boolean {
  return /stack is currently locked|\[409\] Conflict: Another update/.test(stderr + stdout);
}

function locksIn({ stderr, stdout }: RunResult): Lock[] {
  return [...(stderr + stdout).matchAll(OWNER)].map(({ groups = {} }) => ({
    user: groups["user"] ?? "",
    host: groups["host"] ?? "",
    pid: Number(groups["pid"]),
    time: groups["time"] ?? "",
  }));
}

function stillLocked(alive: readonly Lock[], result: RunResult): UserError {
  const owners = alive.map(({ user, host, pid, time }) => `${user}@${host}, process ${pid}, since ${time}`);
  const by = owners.length > 0 ? ` by ${owners.join("; ")}` : `: ${errorsOf(result)}`;
  return new UserError(
    `The stack is locked${by}. Nothing was changed.`,
    "If that run is still at work, wait for it: what looks interrupted may be under way. If it is not, run `npx --no delivery pulumi cancel`, then recover again.",
  );
}

function failed([command, ...rest]: readonly string[], result: RunResult, nextStep: string): UserError {
  const name = command === "stack" ? `stack ${rest[0]}` : command;
  return new UserError(`\`pulumi ${name}\` failed: ${errorsOf(result)}`, nextStep);
}
