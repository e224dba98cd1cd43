/** The types of services that run an image, and what tells them apart ("Render Public API", Services). */
import type { IdPrefix } from "./ids.ts";
import type { ServiceType } from "./model.ts";

interface TypeTraits {
  /** Schema `serviceTypeShort`: RENDER_SERVICE_TYPE, and the place of its page in the dashboard. */
  readonly short: "web" | "pserv" | "worker" | "cron";
  readonly prefix: IdPrefix;
  /** How it is reached: by visitors, by services of the same workspace and region, or not at all. */
  readonly reached: "public" | "private" | "never";
}

/** Recorded: ids of cron jobs begin with crn-, those of other services with srv-. */
export const SERVICE_TYPES: Readonly<Record<ServiceType, TypeTraits>> = {
  web_service: { short: "web", prefix: "srv", reached: "public" },
  private_service: { short: "pserv", prefix: "srv", reached: "private" },
  background_worker: { short: "worker", prefix: "srv", reached: "never" },
  cron_job: { short: "cron", prefix: "crn", reached: "never" },
};
