/** Events of a service ("Render Public API", Events). */
import { z } from "zod";
import { ServiceError } from "../../../kit/service-error.ts";
import { type ApiContext, segment } from "../client.ts";
import { type ServiceEvent, serviceEvent } from "./answers.ts";

const RECENT = 100;

const eventPage = z.array(z.object({ event: serviceEvent.catch({ type: "other", timestamp: "", details: {} }) }));

/** What happened to a service since a point in time; nothing when the service does not answer with its events. */
export async function eventsSince(api: ApiContext, serviceId: string, since: string): Promise<ServiceEvent[]> {
  const query = { startTime: since, limit: RECENT };
  try {
    const page = await api.client.call(api, "GET", `/services/${segment(serviceId)}/events`, eventPage, { query });
    return page.map(({ event }) => event);
  } catch (error) {
    if (error instanceof ServiceError) return [];
    throw error;
  }
}
