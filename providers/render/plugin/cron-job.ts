/** The CronJob resource. */
import { serviceDefinition } from "./service/definition.ts";
import { CRON_JOB } from "./service/kinds.ts";

/** A cron job that runs an image. */
export const cronJob = serviceDefinition(
  CRON_JOB,
  "A cron job on Render: a container image that is run on a schedule and ends (Render Public API, Services; Cron Jobs). Its " +
    "deploy is live as soon as Render knows the image, and runs nothing; the next run, on schedule or by hand, has it. Import " +
    "by id (`crn-…`) or name.",
);
