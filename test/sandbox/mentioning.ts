/** Processes by their command line or their environment, to see whether something was left behind. */
import { readFile } from "node:fs/promises";
import { ownedBy } from "../../sandbox/docker/system/own-processes.ts";
import { runningProcesses } from "../../sandbox/docker/system/processes.ts";

/** Ids of the running processes that have the text in their command line. */
export async function processesMentioning(text: string): Promise<number[]> {
  const found = await runningProcesses(async (pid) => (await readFile(`/proc/${pid}/cmdline`, "utf8")).includes(text));
  return found.map(({ pid }) => pid);
}

/** Ids of the running processes that a sandbox has started for a folder below this one, whatever their command lines say. */
export async function processesOwnedBelow(folder: string): Promise<number[]> {
  const [owner = ""] = Object.keys(ownedBy([]));
  const found = await runningProcesses(async (pid) => {
    const variables = (await readFile(`/proc/${pid}/environ`, "utf8")).split("\0");
    return variables.some((variable) => variable.startsWith(`${owner}=`) && variable.includes(`${folder}/`));
  });
  return found.map(({ pid }) => pid);
}
