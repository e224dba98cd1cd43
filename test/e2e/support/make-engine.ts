/** A process that makes an engine as a command does: `node make-engine.ts '{"sources":…,"env":…}'`. */
import { ensureEngineFrom } from "../../../cli/engine/ensure.ts";
import { exitCodeOfSignal } from "../../../cli/exit-codes.ts";
import { Interruption, listenForSignals } from "../../../cli/interruption.ts";
import { terminalProgress } from "../../../cli/progress.ts";

const { sources, env } = JSON.parse(process.argv[2] ?? "");
const { signal } = listenForSignals();
try {
  await ensureEngineFrom(sources, { env, signal, progress: terminalProgress() });
} catch (error) {
  if (!(error instanceof Interruption)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCodeOfSignal(error.signalName);
}
