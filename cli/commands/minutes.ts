/** A time to wait, on the command line. */
import { InvalidArgumentError } from "commander";

/** A number of minutes. Throws commander's error for anything else. */
export function minutes(value: string): number {
  if (!/^\d+(\.\d+)?$/.test(value)) throw new InvalidArgumentError("Give a number of minutes.");
  return Number(value);
}
