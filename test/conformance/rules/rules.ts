/** What the emulated services do that no OpenAPI description tells: each rule with its source and its test. */
import type { ServiceName } from "../../../sandbox/services/core/service.ts";
import { circleciRules } from "./circleci.ts";
import { githubRules } from "./github.ts";
import { renderRules } from "./render.ts";
import type { Rule } from "./rule.ts";
import { sentryRules } from "./sentry.ts";

/** The rules by service. */
export const rules: Readonly<Record<ServiceName, readonly Rule[]>> = {
  github: githubRules,
  circleci: circleciRules,
  sentry: sentryRules,
  render: renderRules,
};
