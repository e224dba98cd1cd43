/**
 * Types of the resources' properties.
 * Made by `npm run sdk` from the plugin's definitions; change those.
 */
import type * as pulumi from "@pulumi/pulumi";

/** What Registry can be. */
export type Registry = "DOCKER" | "GITHUB" | "GITLAB" | "GOOGLE_ARTIFACT" | "AWS_ECR";

/** What ProtectedStatus can be. */
export type ProtectedStatus = "unprotected" | "protected";

/** An environment that is declared with its project. */
export interface ProjectEnvironmentArgs {
  /** Name of the environment, unique in its project. */
  name: pulumi.Input<string>;
  /** In a `protected` environment only admins may do what destroys something. Default `unprotected`. */
  protectedStatus?: pulumi.Input<ProtectedStatus>;
  /** Whether private network traffic from and to other environments is blocked. Default `false`. */
  networkIsolationEnabled?: pulumi.Input<boolean>;
}

/** As the service has it: an environment that is declared with its project. */
export interface ProjectEnvironment {
  /** Name of the environment, unique in its project. */
  readonly name: string;
  /** In a `protected` environment only admins may do what destroys something. */
  readonly protectedStatus: ProtectedStatus;
  /** Whether private network traffic from and to other environments is blocked. */
  readonly networkIsolationEnabled: boolean;
}

/** What Region can be. */
export type Region = "frankfurt" | "ohio" | "oregon" | "singapore" | "virginia";

/** What Plan can be. */
export type Plan =
  | "free"
  | "starter"
  | "starter_plus"
  | "standard"
  | "standard_plus"
  | "pro"
  | "pro_plus"
  | "pro_max"
  | "pro_ultra"
  | "custom";

/** What SubdomainPolicy can be. */
export type SubdomainPolicy = "enabled" | "disabled";

/** Maintenance mode; off by default. */
export interface MaintenanceModeArgs {
  /** Whether visitors get the maintenance page instead of the site. */
  enabled: pulumi.Input<boolean>;
  /** Address of the page to show; empty for Render's own. */
  uri?: pulumi.Input<string>;
}

/** As the service has it: maintenance mode; off by default. */
export interface MaintenanceMode {
  /** Whether visitors get the maintenance page instead of the site. */
  readonly enabled: boolean;
  /** Address of the page to show; empty for Render's own. */
  readonly uri: string;
}

/** What ImageManagement can be. */
export type ImageManagement = "declared" | "external";
