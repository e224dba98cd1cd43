/** A plugin's process ends with the engine that started it. */
import { fstatSync } from "node:fs";

/**
 * Calls `stop` on a signal, and when standard input, a pipe held by the engine, closes: a killed engine sends no signal.
 */
export function stopWithEngine(stop: () => unknown): void {
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.once("close", stop).resume();
}
