/** Client keys: how they are made and shown. */
import { randomBytes } from "node:crypto";
import type { ClientKey } from "./data.ts";
import type { Sentry } from "./sentry.ts";

/** A key with new random parts, not yet stored. */
export function newKey(
  projectId: string,
  name: string,
  rateLimit: ClientKey["rateLimit"],
  dateCreated: string,
): ClientKey {
  const part = (): string => randomBytes(16).toString("hex");
  return { id: part(), secret: part(), projectId, name, isActive: true, rateLimit, dateCreated };
}

/** A key as Sentry's API shows it, with its DSNs on the service's own host. */
export function keyView(sentry: Sentry, key: ClientKey) {
  const { protocol, host } = new URL(sentry.baseUrl);
  const intake = `${sentry.baseUrl}/api/${key.projectId}`;
  const withKey = (kind: string): string => `${intake}/${kind}/?sentry_key=${key.id}`;
  return {
    id: key.id,
    name: key.name,
    label: key.name,
    public: key.id,
    secret: key.secret,
    projectId: Number(key.projectId),
    isActive: key.isActive,
    rateLimit: key.rateLimit,
    dsn: {
      secret: `${protocol}//${key.id}:${key.secret}@${host}/${key.projectId}`,
      public: `${protocol}//${key.id}@${host}/${key.projectId}`,
      csp: withKey("csp-report"),
      security: withKey("security"),
      minidump: withKey("minidump"),
      nel: withKey("nel"),
      unreal: `${intake}/unreal/${key.id}/`,
      crons: `${intake}/cron/___MONITOR_SLUG___/${key.id}/`,
      cdn: `${sentry.baseUrl}/js-sdk-loader/${key.id}.min.js`,
      playstation: withKey("playstation"),
      integration: `${intake}/integration/`,
      otlp_traces: `${intake}/integration/otlp/v1/traces`,
      otlp_logs: `${intake}/integration/otlp/v1/logs`,
    },
    browserSdkVersion: "10.x",
    browserSdk: {
      choices: [
        ["latest", "latest"],
        ["10.x", "10.x"],
      ],
    },
    dateCreated: key.dateCreated,
    dynamicSdkLoaderOptions: {
      hasReplay: true,
      hasPerformance: true,
      hasDebug: false,
      hasFeedback: false,
      hasLogsAndMetrics: false,
    },
    useCase: "user",
  };
}
