/**
 * Tells the processes that a sandbox has started from all others, however their command lines read: they carry a
 * variable in their environment, which whatever they start inherits, also when it outlives them.
 */
import { readFile } from "node:fs/promises";
import type { ProcessIdentity } from "../../../lib/process-identity.ts";
import { runningProcesses } from "./processes.ts";

const VARIABLE = "DELIVERY_SANDBOX_FOLDERS";
const START = `${VARIABLE}=`;
/** No sandbox has it in its path. */
const SEPARATOR = "\n";

/** The variable for a program that uses these folders and has to end with them. */
export function ownedBy(folders: readonly string[]): Record<string, string> {
  return { [VARIABLE]: folders.join(SEPARATOR) };
}

/** The running processes that were started with {@link ownedBy} this folder. */
export function processesOf(folder: string): Promise<ProcessIdentity[]> {
  return runningProcesses(async (pid) => {
    const variables = (await readFile(`/proc/${pid}/environ`, "utf8")).split("\0");
    const own = variables.find((variable) => variable.startsWith(START))?.slice(START.length) ?? "";
    return own.split(SEPARATOR).includes(folder);
  });
}
