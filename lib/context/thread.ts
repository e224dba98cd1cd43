/** A thread of `threads.ts`, for one task. */
import { parentPort, workerData } from "node:worker_threads";
import { readFiles } from "./copy-files.ts";
import { isIntact } from "./staged-folder.ts";
import type { ThreadTask } from "./threads.ts";

const task = workerData as ThreadTask;
parentPort?.postMessage("intact" in task ? isIntact(task.intact) : readFiles(task.source, task.entries, task.target));
