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

/** The file in which a world records itself while it runs. */
export const runningFile = (stateDir: string): string => join(stateDir, "running.json");

/** The sandbox that now serves from this state folder, or undefined. A record whose process is gone does not count. */
export async function findRunning(stateDir: string): Promise<WorldDescription | undefined> {
  const text = await readFile(runningFile(stateDir), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const description = JSON.parse(text) as WorldDescription;
  const answer = await fetch(`${description.console}/_sandbox/state`).catch(() => undefined);
  return answer?.ok ? description : undefined;
}
