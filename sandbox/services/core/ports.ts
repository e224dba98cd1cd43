/** The ports that a sandbox listens on. */
import { randomInt } from "node:crypto";
import type { ServiceName } from "./service.ts";

/** Every emulated service, in the order in which they start. */
export const serviceNames: readonly ServiceName[] = ["github", "circleci", "sentry", "render"];

/** What listens on a port of its own: the services and the console. */
export type PortName = ServiceName | "console";

/** What can be given a fixed port. */
export const servicePortNames: readonly PortName[] = [...serviceNames, "console"];

/** Ports by what listens there. */
export type ServicePorts = Partial<Record<PortName, number>>;

/** Below the ports that systems hand out by themselves, so that one that was chosen is likely to be free again later. */
const FIRST = 20_000;
const LAST = 29_999;
const ATTEMPTS = 20;

/** A port to keep, at random: it is probably free. */
export function portToKeep(): number {
  return randomInt(FIRST, LAST + 1);
}

/**
 * Listens on the first of the ports that is free: the wanted one, if one is wanted, then others that may be kept.
 * @param listen fails with EADDRINUSE for a port that is taken.
 * @throws what `listen` throws otherwise, or when no port can be had.
 */
export async function listenOnFree<T>(wanted: number | undefined, listen: (port: number) => Promise<T>): Promise<T> {
  let port = wanted ?? portToKeep();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return await listen(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      port = portToKeep();
    }
  }
  return listen(0);
}

/** Says that something is no longer where it was. */
export function movedMessage(title: string, before: number, now: number): string {
  return (
    `Port ${before}, where ${title} was the last time, is in use by another process: it is on port ${now} now. What ` +
    "holds the old address fits again after the next `up`; a saved plan has to be made anew."
  );
}
