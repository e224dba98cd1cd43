/** Events of a service ("Render Public API", Events). */
import { z } from "zod";
import { list } from "../../../kit/answer.ts";
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";
import { type ServiceEvent, serviceEvent } from "./answers.ts";

const RECENT = 100;

/** One that cannot be read is passed over: events only say why. */
const eventPage = list(z.object({ event: serviceEvent.catch({ type: "other", details: {} }) }));

/** What happened to a service since a point in time. */
export async function eventsSince(api: ApiContext, serviceId: string, since: string): Promise<ServiceEvent[]> {
  const query = { startTime: since, limit: RECENT };
  const page = await api.client.call(api, "GET", `/services/${segment(serviceId)}/events`, eventPage, { query });
  return page.map(({ event }) => event);
}
