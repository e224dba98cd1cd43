/** What the state keeps of a service. */
import { z } from "zod";
import type { PriorState } from "../../../kit/resource.ts";
import { cronJobInputs, privateServiceInputs, type ServiceInputs, webServiceInputs } from "./inputs.ts";

/** What Render adds to the inputs of every service. */
const SHARED_OUTPUTS = {
  slug: z.string().describe("Name of the service in its address, unique on Render."),
  dashboardUrl: z.string().describe("Address of the service's page in the dashboard."),
  deployId: z.string().optional().describe("Id of the newest deploy."),
  deployStatus: z.string().optional().describe("Status of the newest deploy; `live` when it runs."),
  liveImage: z.string().optional().describe("Reference of the image that runs; absent when none does."),
  liveDigest: z.string().optional().describe("Digest of the image that runs, as Render resolved it."),
  suspended: z.boolean().describe("Whether the service is suspended."),
  undeclaredVariables: z
    .array(z.string())
    .describe("Names of the service's environment variables that are not declared here; they are left alone."),
  undeclaredSecretFiles: z
    .array(z.string())
    .describe("Names of the service's secret files that are not declared here; they are left alone."),
};

/** Of services whose instances run all the time. */
const RUNNING_OUTPUTS = {
  diskId: z.string().optional().describe("Id of the service's disk, declared or not."),
};

/** Schema of the outputs of a web service. */
export const webServiceOutputs = webServiceInputs.extend({
  ...SHARED_OUTPUTS,
  ...RUNNING_OUTPUTS,
  url: z.string().describe("Address of the site on Render's own domain."),
  customDomainStatus: z
    .record(z.string(), z.string())
    .describe("For each declared custom domain whether its DNS is `verified` or `unverified`."),
});

/** Schema of the outputs of a private service. */
export const privateServiceOutputs = privateServiceInputs.extend({
  ...SHARED_OUTPUTS,
  ...RUNNING_OUTPUTS,
  url: z.string().describe("Address for services of the same workspace and region."),
});

/** Schema of the outputs of a background worker. */
export const backgroundWorkerOutputs = privateServiceInputs.extend({ ...SHARED_OUTPUTS, ...RUNNING_OUTPUTS });

const CRON_OUTPUTS = {
  lastSuccessfulRunAt: z.string().optional().describe("When a run last ended well, ISO 8601; absent until one has."),
};

/** Schema of the outputs of a cron job. */
export const cronJobOutputs = cronJobInputs.extend({ ...SHARED_OUTPUTS, ...CRON_OUTPUTS });

/** Outputs of a web service. */
export type WebServiceOutputs = z.infer<typeof webServiceOutputs>;

type Added = z.infer<z.ZodObject<typeof SHARED_OUTPUTS>>;

/** Outputs of a service of any type: what its type does not have is absent. */
export type ServiceOutputs = ServiceInputs &
  Added &
  Partial<Omit<WebServiceOutputs, keyof ServiceInputs | keyof Added>> &
  Partial<z.infer<z.ZodObject<typeof CRON_OUTPUTS>>>;

/** What the state keeps of a service. */
export type PriorService = PriorState<ServiceInputs, ServiceOutputs>;
