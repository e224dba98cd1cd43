/**
 * Requests that the provider's resources never make, and others do: the command line, a pipeline, the vendors' plugins
 * and Terraform's providers for what the chain does not declare, and people. Each is sent here as they send it.
 */

import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import type { RunningServices } from "../../../sandbox/services/host.ts";
import type { Ask } from "./ask.ts";
import { circleciRequests } from "./direct/circleci.ts";
import { githubRequests } from "./direct/github.ts";
import { renderRequests } from "./direct/render.ts";
import { sentryRequests } from "./direct/sentry.ts";
import { sendTo } from "./send.ts";

const REQUESTS: Readonly<Record<ServiceName, (ask: Ask) => Promise<void>>> = {
  github: githubRequests,
  circleci: circleciRequests,
  sentry: sentryRequests,
  render: renderRequests,
};

/** Makes all requests, one service after the other. */
export async function askDirectly(services: RunningServices): Promise<void> {
  for (const [name, requests] of Object.entries(REQUESTS) as [ServiceName, (ask: Ask) => Promise<void>][]) {
    await requests(async (request, status, body) => {
      const answer = await sendTo(services, name, request, { body });
      const text = await answer.text();
      if (answer.status !== status) {
        throw new Error(`${name} answered ${request} with ${answer.status}, not ${status}: ${text}`);
      }
      return text === "" ? undefined : JSON.parse(text);
    });
  }
}
