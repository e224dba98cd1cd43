/** Closed lists of Render's API ("Render Public API", components: region, plan, registryCredentialRegistry). */

/** Where a service runs. */
export const REGIONS = ["frankfurt", "ohio", "oregon", "singapore", "virginia"] as const;

/** Instance types. The legacy and custom ones can be kept, not chosen: Render refuses to set them. */
export const PLANS = [
  "free",
  "starter",
  "starter_plus",
  "standard",
  "standard_plus",
  "pro",
  "pro_plus",
  "pro_max",
  "pro_ultra",
  "custom",
] as const;

/** Kinds of container registry. */
export const REGISTRIES = ["DOCKER", "GITHUB", "GITLAB", "GOOGLE_ARTIFACT", "AWS_ECR"] as const;
