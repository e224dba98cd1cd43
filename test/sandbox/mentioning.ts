/** Processes by their command line, to see whether something was left behind. */
import { readFile } from "node:fs/promises";
import { runningProcesses } from "../../sandbox/docker/system/processes.ts";

/** Ids of the running processes that have the text in their command line. */
export async function processesMentioning(text: string): Promise<number[]> {
  const found = await runningProcesses(async (pid) => (await readFile(`/proc/${pid}/cmdline`, "utf8")).includes(text));
  return found.map(({ pid }) => pid);
}
