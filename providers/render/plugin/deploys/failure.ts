/** The error for a deploy that did not come to serve. */
import type { CallContext } from "../../../kit/resource.ts";
import type { Deploy, ImageService } from "../api/answers.ts";
import { listDeploys } from "../api/deploys.ts";
import { eventsSince } from "../api/events.ts";
import { lastLogLines } from "../api/logs.ts";
import type { RenderClient } from "../client.ts";
import { historyOf } from "./history.ts";
import { failureReasons } from "./reason.ts";
import { meaningOf } from "./status.ts";

const LOG_LINES = 20;

/** What a good deploy does, by the type of its service. */
const VERBS: Readonly<Record<string, string>> = { web_service: "serves", private_service: "serves" };

/** Names the deploy, its reason, its last log lines, and what serves meanwhile. */
export async function deployFailure(
  context: CallContext<RenderClient>,
  service: ImageService,
  deploy: Deploy,
): Promise<Error> {
  const [lines, events, deploys] = await Promise.all([
    asFarAsTold(context, lastLogLines(context, service, deploy, LOG_LINES)),
    asFarAsTold(context, eventsSince(context, service.id, deploy.createdAt)),
    asFarAsTold(context, listDeploys(context, service.id)),
  ]);
  const image = deploy.image?.ref ? ` of ${deploy.image.ref}` : "";
  const { live } = historyOf(deploys);
  const reasons = failureReasons(deploy, events);
  const why = reasons.length > 0 ? ` (${reasons.join("; ")})` : "";
  const serving = live
    ? `The old image still ${VERBS[service.type] ?? "runs"}: ${live.image?.ref ?? "unknown"} (deploy ${live.id}).`
    : `Nothing ${VERBS[service.type] ?? "runs"} yet; the service exists and is kept in the state.`;
  const log = lines.length > 0 ? ["Last lines of its log:", ...lines.map((line) => `  ${line}`)] : [];
  return new Error(
    [
      `deploy ${deploy.id}${image} on service "${service.name}" ended as ${deploy.status}${why}: ${meaningOf(deploy.status, service.type)}.`,
      serving,
      ...log,
      `All of it: ${service.dashboardUrl}/deploys/${deploy.id}. Mend the cause and run the same command again.`,
    ].join("\n"),
  );
}

/** What only explains the failure must not take its place. */
async function asFarAsTold<Item>({ signal }: CallContext<RenderClient>, items: Promise<Item[]>): Promise<Item[]> {
  try {
    return await items;
  } catch {
    signal.throwIfAborted();
    return [];
  }
}
