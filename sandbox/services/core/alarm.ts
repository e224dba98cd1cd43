/** What happens at a time to come. */

/** Calls at a given time. A test gives one that it can advance. */
export interface Alarm {
  /** Calls `wake` once at the time, or soon when it is past. Gives what takes the call back. */
  at(time: Date, wake: () => void): () => void;
}

/** Longer waits are cut in pieces: a timer cannot count further, and time may be set meanwhile. */
const LONGEST_WAIT_MS = 60_000;

/** The machine's own time. It keeps no process alive. */
export const realAlarm: Alarm = {
  at(time, wake) {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const left = time.getTime() - Date.now();
      timer = setTimeout(left > LONGEST_WAIT_MS ? wait : wake, Math.max(0, Math.min(left, LONGEST_WAIT_MS)));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
