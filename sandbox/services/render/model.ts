/** What emulated Render remembers. */
import type { OptionalDetails } from "./optional-details.ts";

/** The workspace that the API key belongs to. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly type: "team";
}

export interface RegistryCredential {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly registry: string;
  readonly username: string;
  /** Used to pull, never answered. */
  readonly authToken: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface MaintenanceMode {
  readonly enabled: boolean;
  readonly uri: string;
}

/** A type of service that runs an image. */
export type ServiceType = "web_service" | "private_service" | "background_worker" | "cron_job";

/** How a service runs; what its type does not have is at its default. */
export interface ServiceDetails extends Readonly<OptionalDetails> {
  readonly plan: string;
  readonly region: string;
  readonly numInstances: number;
  readonly healthCheckPath: string;
  /** Absent until one is set; one that was taken away is empty. */
  readonly preDeployCommand?: string;
  readonly dockerCommand: string;
  readonly maintenanceMode: MaintenanceMode;
  readonly previews: string;
  readonly autoscaling?: Autoscaling;
  readonly disk?: Disk;
  /** Of a cron job. */
  readonly schedule?: string;
  readonly lastSuccessfulRunAt?: string;
}

/** Instances by load, in place of a fixed number while it is enabled. */
export interface Autoscaling {
  readonly enabled: boolean;
  readonly min: number;
  readonly max: number;
  readonly criteria: object;
}

/** A persistent disk. */
export interface Disk {
  readonly id: string;
  readonly name: string;
  readonly mountPath: string;
  readonly sizeGB: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A service that runs an image. */
export interface Service {
  readonly id: string;
  readonly type: ServiceType;
  readonly name: string;
  readonly slug: string;
  readonly ownerId: string;
  readonly environmentId?: string;
  readonly imagePath: string;
  readonly registryCredentialId?: string;
  readonly autoDeploy: "yes" | "no";
  readonly suspended: boolean;
  readonly details: ServiceDetails;
  /** Loopback port at which it is reached, kept across deploys and restarts of the sandbox; 0 of one that never is. */
  readonly sitePort: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A variable or file of a service or environment group, which is its scope. */
export interface Variable {
  readonly scope: string;
  readonly key: string;
  readonly value: string;
}

export interface SecretFile {
  readonly scope: string;
  readonly name: string;
  readonly content: string;
}

export type DeployStatus =
  | "created"
  | "queued"
  | "build_in_progress"
  | "pre_deploy_in_progress"
  | "update_in_progress"
  | "live"
  | "deactivated"
  | "canceled"
  | "build_failed"
  | "pre_deploy_failed"
  | "update_failed";

export type DeployTrigger = "api" | "deploy_hook" | "rollback" | "service_resumed";

export interface Deploy {
  readonly id: string;
  readonly serviceId: string;
  readonly image: string;
  /** What the image's reference was resolved to when the deploy was made; absent when it could not be. */
  readonly digest?: string;
  readonly registryCredential?: string;
  readonly status: DeployStatus;
  readonly trigger: DeployTrigger;
  /** The deploy that a rollback goes back to. */
  readonly rollbackTo?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

/** A deploy that was asked for while another one was under way. It has no id, and is in no list, until its turn comes. */
export interface WaitingDeploy {
  readonly serviceId: string;
  readonly image: string;
  readonly trigger: DeployTrigger;
}

/** A run of a cron job ("Render Public API", schema `cronJobRun`). */
export interface CronRun {
  readonly id: string;
  readonly serviceId: string;
  readonly image: string;
  /** `pending` while it runs. */
  readonly status: "pending" | "successful" | "unsuccessful" | "canceled";
  readonly trigger: "schedule" | "api";
  readonly startedAt: string;
  readonly finishedAt?: string;
}

/** A line of a deploy's log: Render's own (`build`) or the container's output (`app`). */
export interface LogLine {
  readonly id: string;
  /** The deploy, or the run of a cron job, that it belongs to. */
  readonly deployId: string;
  readonly serviceId: string;
  readonly timestamp: string;
  readonly type: "build" | "app";
  readonly message: string;
}

export interface ServiceEvent {
  readonly id: string;
  readonly serviceId: string;
  readonly type: string;
  readonly timestamp: string;
  readonly details: object;
}

export interface CustomDomain {
  readonly id: string;
  readonly serviceId: string;
  readonly name: string;
  readonly domainType: "apex" | "subdomain";
  readonly publicSuffix: string;
  /** Name that this one redirects to; empty when it does not. */
  readonly redirectForName: string;
  readonly verified: boolean;
  readonly createdAt: string;
}

export interface NotificationOverride {
  readonly serviceId: string;
  readonly previewNotificationsEnabled: string;
  readonly notificationsToSend: string;
}

export interface Project {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Environment {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly protectedStatus: string;
  /** Absent while nobody has set it. */
  readonly networkIsolationEnabled?: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface EnvGroup {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly environmentId?: string;
  readonly serviceIds: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}
