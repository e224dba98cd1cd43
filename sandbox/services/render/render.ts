/** Emulated Render's memory and surroundings, as its routes and deploys use them. */

import type { Alarm } from "../core/alarm.ts";
import type { Caches } from "../core/caches.ts";
import type { Databases } from "../core/databases.ts";
import type { Collection, ContainerRunner, ServiceContext } from "../core/service.ts";
import { updateServices } from "./earlier-states.ts";
import { ownerIdOf } from "./ids.ts";
import type { KeyValue } from "./key-value/model.ts";
import type {
  CronRun,
  CustomDomain,
  Deploy,
  EnvGroup,
  Environment,
  LogLine,
  NotificationOverride,
  Owner,
  Project,
  RegistryCredential,
  SecretFile,
  Service,
  ServiceEvent,
  Variable,
  WaitingDeploy,
} from "./model.ts";
import type { Postgres, PostgresExport } from "./postgres/model.ts";

/** What emulated Render needs, and what a test may set. */
export interface RenderExtras {
  readonly runner: ContainerRunner;
  /** What runs databases. Without it a database is only described. */
  readonly databases?: Databases | undefined;
  /** What runs key value stores. Without it a store is only described. */
  readonly caches?: Caches | undefined;
  /** How long a new instance has to become healthy. Render gives it 15 minutes; the sandbox one. */
  readonly healthDeadlineMs?: number;
  /** How long a new worker has to keep running before its deploy is live. */
  readonly steadyMs?: number | undefined;
  /** What wakes cron jobs; real time without it. */
  readonly alarm?: Alarm | undefined;
  /** Whether a custom domain's DNS points at the service. By default every domain's does. */
  readonly domainPointsHere?: (name: string) => boolean;
}

/** Collections of the service, one kind each. */
export interface Render extends ServiceContext {
  readonly extras: RenderExtras;
  readonly owner: Owner;
  readonly registryCredentials: Collection<RegistryCredential>;
  readonly services: Collection<Service>;
  readonly variables: Collection<Variable>;
  readonly secretFiles: Collection<SecretFile>;
  readonly deploys: Collection<Deploy>;
  /** By service: the deploy that waits until the one under way has ended. */
  readonly waitingDeploys: Collection<WaitingDeploy>;
  readonly cronRuns: Collection<CronRun>;
  readonly logLines: Collection<LogLine>;
  readonly events: Collection<ServiceEvent>;
  readonly customDomains: Collection<CustomDomain>;
  readonly notificationOverrides: Collection<NotificationOverride>;
  readonly projects: Collection<Project>;
  readonly environments: Collection<Environment>;
  readonly envGroups: Collection<EnvGroup>;
  readonly postgres: Collection<Postgres>;
  readonly postgresExports: Collection<PostgresExport>;
  readonly keyValues: Collection<KeyValue>;
}

/** Opens the collections in the sandbox's store. */
export function openRender(context: ServiceContext, extras: RenderExtras): Render {
  const { store } = context;
  const { owner } = context.account;
  const services = store.collection<Service>("service");
  updateServices(services);
  return {
    ...context,
    extras,
    owner: { id: ownerIdOf(owner), name: owner, email: `operator@${owner}.example`, type: "team" },
    registryCredentials: store.collection("registry-credential"),
    services,
    variables: store.collection("variable"),
    secretFiles: store.collection("secret-file"),
    deploys: store.collection("deploy"),
    waitingDeploys: store.collection("waiting-deploy"),
    cronRuns: store.collection("cron-run"),
    logLines: store.collection("log-line"),
    events: store.collection("event"),
    customDomains: store.collection("custom-domain"),
    notificationOverrides: store.collection("notification-override"),
    projects: store.collection("project"),
    environments: store.collection("environment"),
    envGroups: store.collection("env-group"),
    postgres: store.collection("postgres"),
    postgresExports: store.collection("postgres-export"),
    keyValues: store.collection("key-value"),
  };
}
