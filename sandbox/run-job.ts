/** Runs a cron job of emulated Render now, as its API lets anybody do, and shows what it writes. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/** Where emulated Render is, and its key. */
export interface RenderAccess {
  readonly baseUrl: string;
  readonly key: string;
  readonly signal: AbortSignal;
}

/** How a run ended. */
export interface EndedRun {
  readonly id: string;
  readonly status: string;
  readonly nonZeroExit?: number | undefined;
}

const INTERVAL_MS = 200;
const service = z.object({ id: z.string(), name: z.string(), ownerId: z.string() });
const run = z.object({ id: z.string(), startedAt: z.string() });
const events = z.array(
  z.object({
    event: z.object({
      details: z.object({
        cronJobRunId: z.string().optional(),
        status: z.string().optional(),
        reason: z.object({ nonZeroExit: z.number().optional() }).optional(),
      }),
    }),
  }),
);
const logs = z.object({
  logs: z.array(z.object({ message: z.string(), labels: z.array(z.object({ name: z.string(), value: z.string() })) })),
});

/**
 * Runs the job of this name to its end; one that is under way is canceled, as Render does ("Cron Jobs").
 * @param write gets the lines of its output.
 * @throws Error naming the jobs that there are, when there is none of the name.
 */
export async function runJob(access: RenderAccess, name: string, write: (line: string) => void): Promise<EndedRun> {
  const listed = await ask(access, "GET", "/services?type=cron_job&limit=100", z.array(z.object({ service })));
  const jobs = listed.map((item) => item.service);
  const job = jobs.find((candidate) => candidate.name === name || candidate.id === name);
  if (!job)
    throw new Error(
      noJob(
        name,
        jobs.map((known) => known.name),
      ),
    );
  const started = await ask(access, "POST", `/cron-jobs/${job.id}/runs`, run);
  const ended = await untilEnded(access, job.id, started.id);
  const query = `ownerId=${job.ownerId}&resource=${job.id}&startTime=${encodeURIComponent(started.startedAt)}`;
  const output = await ask(access, "GET", `/logs?${query}&direction=forward&limit=100`, logs);
  for (const { message, labels } of output.logs) {
    if (labels.some(({ name: label, value }) => label === "instance" && value === started.id)) write(message);
  }
  return ended;
}

async function untilEnded(access: RenderAccess, jobId: string, runId: string): Promise<EndedRun> {
  for (;;) {
    const found = await ask(access, "GET", `/services/${jobId}/events?type=cron_job_run_ended`, events);
    const end = found.find(({ event }) => event.details.cronJobRunId === runId)?.event.details;
    if (end) return { id: runId, status: end.status ?? "", nonZeroExit: end.reason?.nonZeroExit };
    await sleep(INTERVAL_MS, undefined, { signal: access.signal });
  }
}

function noJob(name: string, names: readonly string[]): string {
  return names.length === 0
    ? `There is no job ${name}: the sandbox has none. Declare one with delivery:jobs and run \`up\`.`
    : `There is no job ${name}. There are: ${names.join(", ")}.`;
}

async function ask<Answer>(
  { baseUrl, key, signal }: RenderAccess,
  method: string,
  path: string,
  answer: z.ZodType<Answer>,
): Promise<Answer> {
  const response = await fetch(`${baseUrl}/v1${path}`, { method, headers: { authorization: `Bearer ${key}` }, signal });
  const text = await response.text();
  if (!response.ok) throw new Error(`Render answered ${response.status} to ${method} ${path}: ${text}`);
  return answer.parse(JSON.parse(text));
}
