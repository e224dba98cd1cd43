/** Schedules of cron jobs: five fields, in UTC ("Cron Jobs", Render documentation). */
import { Cron } from "croner";

/** Fields of standard cron: numbers, names of months and days, `*`, lists, ranges and steps. */
const FIELD = /^(?:[\d*,/-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)+$/i;

const HOW =
  'write five fields in UTC: minute, hour, day of the month, month, day of the week; "0 3 * * *" is daily at 3:00';

/** What is wrong with a schedule, and how to write it; undefined when nothing is. */
export function scheduleProblem(schedule: string): string | undefined {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `"${schedule}" is not a cron expression: ${HOW}`;
  const strange = fields.find((field) => !FIELD.test(field));
  if (strange !== undefined) return `"${schedule}" is not a cron expression ("${strange}"): ${HOW}`;
  try {
    return nextRun(schedule, new Date()) ? undefined : `"${schedule}" never comes: there is no such day`;
  } catch {
    return `"${schedule}" is not a cron expression: a number is out of range, or a range goes backwards; ${HOW}`;
  }
}

/** When a schedule comes next after a time; undefined when it never does. Throws on what is not a schedule. */
export function nextRun(schedule: string, after: Date): Date | undefined {
  const cron = new Cron(schedule, { mode: "5-part", timezone: "UTC", paused: true });
  return cron.nextRun(after) ?? undefined;
}
