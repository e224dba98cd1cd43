/** The record of a running sandbox: what `serve` prints, and what `exec` reads to use a sandbox that is already up. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Everything that points a program at a sandbox. Holds the sandbox's own sample tokens, never a user's. */
export interface WorldDescription {
  /** The process that serves. */
  readonly pid: number;
  /** Base URL of the console: the page, `/_sandbox/state`, `/_sandbox/traffic`, ... */
  readonly console: string;
  /** Base URL by service: github, circleci, sentry, render. */
  readonly services: Readonly<Record<string, string>>;
  /** The image registry: `localhost:PORT`, and the login it asks for. */
  readonly registry: { readonly address: string; readonly username: string; readonly password: string };
  /** Files, by BuildKit secret id, with which an image build reaches the package index as this machine does. */
  readonly buildSecrets: Readonly<Record<string, string>>;
  /** The base image, where Docker Hub is out of reach and the sandbox has made one: give it to a builder of your own. */
  readonly standIn?: string | undefined;
  /** Environment variables that point a program at the services, the registry and the builder. */
  readonly env: Readonly<Record<string, string>>;
}

/** A sandbox that is busy takes a moment; what has its port now may never answer. */
const ANSWER_WITHIN_MS = 10_000;

/** The file in which a world records itself while it runs. */
export const runningFile = (stateDir: string): string => join(stateDir, "running.json");

/** The sandbox that now serves from this state folder, or undefined. A record whose process is gone does not count. */
export async function findRunning(stateDir: string): Promise<WorldDescription | undefined> {
  const description = await readRecord(runningFile(stateDir));
  if (description === undefined) return undefined;
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answer = await fetch(`${description.console}/_sandbox/state`, { signal }).catch(() => undefined);
  const state: unknown = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
  // Another program may have the port by now.
  return typeof state === "object" && state !== null && "github" in state ? description : undefined;
}

/** A record that a crash cut off is none. */
async function readRecord(file: string): Promise<WorldDescription | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as WorldDescription;
  } catch {
    return undefined;
  }
}
