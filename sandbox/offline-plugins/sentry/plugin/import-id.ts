/** Ids with which objects are imported: slugs and numbers, separated by slashes. */
import { BridgedError } from "../../bridge/failure.ts";

/**
 * The parts of an import id.
 * @throws BridgedError saying what `form` the id must have.
 */
export function importParts(id: string, count: 2, form: string): [string, string];
export function importParts(id: string, count: 3, form: string): [string, string, string];
export function importParts(id: string, count: number, form: string): string[] {
  const parts = id.split("/");
  if (parts.length !== count || parts.includes("")) {
    throw new BridgedError(`unexpected format of ID (${id}), expected ${form}`);
  }
  return parts;
}
