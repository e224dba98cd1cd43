/** Runs a provider plugin as the engine does, in a process of its own, and calls it over gRPC with plain values. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type Client, credentials, makeClientConstructor } from "@grpc/grpc-js";
import { resourceProviderService } from "../../providers/kit/proto.ts";
import { type FakeEngine, startFakeEngine } from "./fake-engine.ts";
import { type PluginCalls, pluginCalls } from "./plugin-calls.ts";

export { Secret, secret, UNKNOWN } from "../../providers/kit/values.ts";
export { type CallOptions, type DiffResult, PluginError, type State } from "./plugin-messages.ts";

/** A running plugin. */
export interface Plugin extends PluginCalls {
  /** Log lines that the plugin sent to the engine. */
  readonly log: FakeEngine["lines"];
  /** Resolves with the first log line, past or to come, that fits. */
  readonly logged: FakeEngine["logged"];
  /** What the plugin wrote to standard error. */
  stderr(): string;
  readonly process: ChildProcess;
  /** Where it serves. */
  readonly port: number;
  /** Ends the process and everything that belongs to it. */
  stop(): Promise<void>;
}

/**
 * Starts the plugin at this path, or by this command, with these variables added to the environment. Not yet configured.
 */
export async function startPlugin(launcher: string | readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Plugin> {
  const engine = await startFakeEngine();
  const [command = "", ...args] = typeof launcher === "string" ? [launcher] : launcher;
  const child = spawn(command, [...args, engine.address], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exited = once(child, "exit");
  try {
    const port = await firstLine(child, exited, () => stderr);
    const Caller = makeClientConstructor(resourceProviderService, "ResourceProvider");
    const client: Client = new Caller(`127.0.0.1:${port}`, credentials.createInsecure());
    return {
      ...pluginCalls(client),
      log: engine.lines,
      logged: engine.logged,
      stderr: () => stderr,
      process: child,
      port: Number(port),
      async stop() {
        client.close();
        child.stdin.end();
        await exited;
        await engine.stop();
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    await engine.stop();
    throw error;
  }
}

async function firstLine(child: ChildProcess, exited: Promise<unknown>, stderr: () => string): Promise<string> {
  if (!child.stdout) throw new Error("the plugin has no standard output");
  const lines = createInterface(child.stdout);
  const line = once(lines, "line").then(([text]) => String(text));
  const ended = exited.then(() => Promise.reject(new Error(`the plugin ended before it served: ${stderr()}`)));
  return await Promise.race([line, ended]);
}
