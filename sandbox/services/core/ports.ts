/** The ports that a sandbox listens on. */
import type { ServiceName } from "./service.ts";

/** Every emulated service, in the order in which they start. */
export const serviceNames: readonly ServiceName[] = ["github", "circleci", "sentry", "render"];

/** What can be given a fixed port: the services and the console. */
export const servicePortNames: readonly (ServiceName | "console")[] = [...serviceNames, "console"];

/** Fixed ports; what is left out takes a free one. */
export type ServicePorts = Partial<Record<ServiceName | "console", number>>;
