/** Logs of a service ("Render Public API", Logs). */
import type { ApiContext } from "../client.ts";
import { type Deploy, logPage, type Service } from "./answers.ts";

/** The last lines of a service while a deploy went on, oldest first. */
export async function lastLogLines(
  api: ApiContext,
  service: Service,
  { createdAt, finishedAt }: Deploy,
  count: number,
): Promise<string[]> {
  const query = {
    ownerId: service.ownerId,
    resource: service.id,
    startTime: createdAt,
    endTime: finishedAt,
    direction: "backward",
    limit: count,
  };
  const page = await api.client.call(api, "GET", "/logs", logPage, { query });
  return page.logs.map((line) => line.message.trimEnd()).reverse();
}
