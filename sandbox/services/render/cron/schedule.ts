/** When a cron job runs: five fields, in UTC ("Cron Jobs", Render documentation). */
import { Cron } from "croner";

/** Whether a text is a schedule. */
export function isSchedule(text: string): boolean {
  try {
    new Cron(text, OPTIONS);
    return true;
  } catch {
    return false;
  }
}

/** The next time after one; undefined when it never comes. */
export function nextTime(schedule: string, after: Date): Date | undefined {
  return new Cron(schedule, OPTIONS).nextRun(after) ?? undefined;
}

const OPTIONS = { mode: "5-part", timezone: "UTC", paused: true } as const;
