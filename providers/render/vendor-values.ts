/** Closed lists of Render's API ("Render Public API", components: region, plan, registryCredentialRegistry). */

/** Where a service runs. */
export const REGIONS = ["frankfurt", "ohio", "oregon", "singapore", "virginia"] as const;

/** Instance types. Those that are not among `PAID_PLANS` can be kept; `free` can be chosen for a new service only. */
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

/** Instance types that a service can be changed to (`paidPlan`), from small to large ("Render documentation", Pricing). */
export const PAID_PLANS = ["starter", "standard", "pro", "pro_plus", "pro_max", "pro_ultra"] as const;

/** Instance types that a new service can have, from small to large. */
export const SERVICE_PLANS = ["free", ...PAID_PLANS] as const;

/** Kinds of container registry. */
export const REGISTRIES = ["DOCKER", "GITHUB", "GITLAB", "GOOGLE_ARTIFACT", "AWS_ECR"] as const;
