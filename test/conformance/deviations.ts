/** Every place where the traffic is not as the vendors describe it, and why it stays so. */
import { circleciDeviations } from "./deviations/circleci.ts";
import type { Deviation } from "./deviations/deviation.ts";
import { githubDeviations } from "./deviations/github.ts";
import { renderDeviations } from "./deviations/render.ts";
import { sentryDeviations } from "./deviations/sentry.ts";

/** The table. A row that explains nothing any more has to go: the test fails on it. */
export const deviations: readonly Deviation[] = [
  ...githubDeviations,
  ...circleciDeviations,
  ...sentryDeviations,
  ...renderDeviations,
];
