/** The start of one plugin process, as the engine sees it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { Client, credentials } from "@grpc/grpc-js";
import { Empty, resourceProviderService } from "../../providers/kit/proto.ts";

/** Something that starts like a plugin: a command that prints its port as its first line. */
export interface Subject {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  /** Whether it serves: an empty process does not. */
  readonly serves: boolean;
}

/** What one start took. */
export interface Start {
  /** From the start of the process to its first line. */
  readonly portMs: number;
  /** From the start of the process to the first answered GetPluginInfo; undefined where nothing serves. */
  readonly answerMs: number | undefined;
  /** Resident memory after that, in MB of a million bytes. */
  readonly memoryMb: number;
}

/** An engine that is never there: a plugin connects to it when it has something to log. */
const NO_ENGINE = "127.0.0.1:1";

/** Starts the subject once, measures it, and ends it. Rejects when it ends before its first line. */
export async function measureStart({ command, serves }: Subject, env: NodeJS.ProcessEnv): Promise<Start> {
  const [program, ...args] = command;
  const started = performance.now();
  const child = spawn(program, [...args, NO_ENGINE], { env, stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  try {
    const port = await firstLine(child, ended);
    const portMs = performance.now() - started;
    if (serves) await pluginInfo(port);
    const answerMs = serves ? performance.now() - started : undefined;
    return { portMs, answerMs, memoryMb: await residentMegabytes(child) };
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

async function firstLine(child: ChildProcess, ended: Promise<unknown>): Promise<string> {
  if (!child.stdout) throw new Error("the process has no standard output");
  const line = once(createInterface(child.stdout), "line").then(([text]) => String(text));
  const failed = ended.then(() => Promise.reject(new Error(`${child.spawnfile} ended before its first line`)));
  return await Promise.race([line, failed]);
}

function pluginInfo(port: string): Promise<void> {
  const { path, requestSerialize, responseDeserialize } = resourceProviderService.getPluginInfo;
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, new Empty(), (error) => {
      client.close();
      if (error) reject(error);
      else resolve();
    });
  });
}

async function residentMegabytes({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return (Number(stdout) * 1024) / 1e6;
}
