/** Progress on the terminal (standard error, so that standard output stays machine-readable). */
import cliTruncate from "cli-truncate";
import ora from "ora";
import { cleanText, oneLine } from "./report/values/clean.ts";

/** Shows what a longer piece of work is doing. */
export interface Progress {
  /**
   * Runs `work` under a title. On a terminal a spinner with the elapsed time; elsewhere, and on a terminal
   * that cannot show one, a line at the start, one every 15 seconds, and one at the end with the time taken. `estimate` is shown as "about ...".
   */
  step<T>(title: string, work: (detail: (text: string) => void) => Promise<T>, estimate?: string): Promise<T>;
  /** A line of its own. */
  note(text: string): void;
}

/** How one step is shown while it runs and when it ends. */
interface Display {
  readonly refreshMs: number;
  update(text: string): void;
  succeed(text: string): void;
  fail(text: string): void;
}

const SPINNER_REFRESH_MS = 500;
/** The spinner itself, a space, and one column that stays free. */
const SPINNER_SIGN_WIDTH = 3;
const HEARTBEAT_MS = 15_000;

/** The same progress in lines of their own, for work beside other work that has the terminal. */
export function noted(progress: Progress): Progress {
  return {
    step(title, work, estimate) {
      progress.note(estimate ? `${title} (about ${estimate})` : title);
      return work(() => {});
    },
    note: progress.note,
  };
}

/** Progress for people, on the given stream. */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return {
    async step(title, work, estimate) {
      const started = performance.now();
      const elapsed = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
      const label = estimate ? `${title} (about ${estimate})` : title;
      const display = canSpin(stream) ? spinner(label, stream) : lines(label, stream);
      let detail = "";
      const timer = setInterval(() => {
        display.update([label, detail, elapsed()].filter(Boolean).join(" · "));
      }, display.refreshMs);
      try {
        const result = await work((text) => {
          detail = oneLine(text);
        });
        display.succeed(`${title} · ${elapsed()}`);
        return result;
      } catch (error) {
        display.fail(`${title} · ${elapsed()}`);
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
    note(text) {
      stream.write(`${cleanText(text)}\n`);
    },
  };
}

/** A spinner moves the cursor, and clears as many lines as its text takes at the terminal's width. */
function canSpin({ isTTY, columns }: NodeJS.WriteStream): boolean {
  return isTTY && columns > SPINNER_SIGN_WIDTH && process.env["TERM"] !== "dumb" && !process.env["CI"];
}

function spinner(label: string, stream: NodeJS.WriteStream): Display {
  const fitted = (text: string): string =>
    cliTruncate(text, Math.max(1, stream.columns - SPINNER_SIGN_WIDTH), { position: "middle" });
  // Left alone, the terminal turns Ctrl-C into a signal; ora would read it as a character, and not see it.
  const shown = ora({ text: fitted(label), stream, discardStdin: false }).start();
  return {
    refreshMs: SPINNER_REFRESH_MS,
    update(text) {
      shown.text = fitted(text);
    },
    succeed: (text) => shown.succeed(text),
    fail: (text) => shown.fail(text),
  };
}

/** For logs and pipes: whole lines, no colours. */
function lines(label: string, stream: NodeJS.WriteStream): Display {
  const line = (mark: string, text: string): void => {
    stream.write(`${mark} ${text}\n`);
  };
  line("-", label);
  return {
    refreshMs: HEARTBEAT_MS,
    update: (text) => line(" ", text),
    succeed: (text) => line("✔", text),
    fail: (text) => line("✖", text),
  };
}

/** Progress that shows nothing, for tests and `--json`. */
export const silentProgress: Progress = {
  step: (_title, work) => work(() => {}),
  note: () => {},
};
