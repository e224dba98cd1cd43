/** Progress on the terminal (standard error, so that standard output stays machine-readable). */
import ora from "ora";

/** Shows what a longer piece of work is doing. */
export interface Progress {
  /**
   * Runs `work` under a title. On a terminal a spinner with the elapsed time; elsewhere a line at the start,
   * one every 15 seconds, and one at the end with the time taken. `estimate` is shown as "about ...".
   */
  step<T>(title: string, work: (detail: (text: string) => void) => Promise<T>, estimate?: string): Promise<T>;
  /** A line of its own. */
  note(text: string): void;
}

const HEARTBEAT_MS = 15_000;

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Progress for people, on the given stream. */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return {
    async step(title, work, estimate) {
      const started = performance.now();
      const label = estimate ? `${title} (about ${estimate})` : title;
      let detail = "";
      const current = (): string => [label, detail, seconds(started)].filter(Boolean).join(" · ");
      const spinner = ora({ text: label, stream }).start();
      const timer = setInterval(
        () => {
          if (spinner.isSpinning) spinner.text = current();
          else stream.write(`  ${current()}\n`);
        },
        stream.isTTY ? 500 : HEARTBEAT_MS,
      );
      try {
        const result = await work((text) => {
          detail = text;
        });
        spinner.succeed(`${title} · ${seconds(started)}`);
        return result;
      } catch (error) {
        spinner.fail(`${title} · ${seconds(started)}`);
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
    note(text) {
      stream.write(`${text}\n`);
    },
  };
}

/** Progress that shows nothing, for tests and `--json`. */
export const silentProgress: Progress = {
  step: (_title, work) => work(() => {}),
  note: () => {},
};
