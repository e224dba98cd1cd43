/** What the state keeps of a web service. */
import { z } from "zod";
import type { PriorState } from "../../../kit/resource.ts";
import { type WebServiceInputs, webServiceInputs } from "./inputs.ts";

/** Schema of the outputs: the inputs as the service has them, and what Render adds. */
export const webServiceOutputs = webServiceInputs.extend({
  slug: z.string().describe("Name of the service in its address, unique on Render."),
  url: z.string().describe("Address of the site on Render's own domain."),
  dashboardUrl: z.string().describe("Address of the service's page in the dashboard."),
  deployId: z.string().optional().describe("Id of the newest deploy."),
  deployStatus: z.string().optional().describe("Status of the newest deploy; `live` when it serves."),
  liveImage: z.string().optional().describe("Reference of the image that serves; absent when none does."),
  liveDigest: z.string().optional().describe("Digest of the image that serves, as Render resolved it."),
  suspended: z.boolean().describe("Whether the service is suspended."),
  undeclaredVariables: z
    .array(z.string())
    .describe("Names of the service's environment variables that are not declared here; they are left alone."),
  undeclaredSecretFiles: z
    .array(z.string())
    .describe("Names of the service's secret files that are not declared here; they are left alone."),
  customDomainStatus: z
    .record(z.string(), z.string())
    .describe("For each declared custom domain whether its DNS is `verified` or `unverified`."),
});

/** Outputs of a web service. */
export type WebServiceOutputs = z.infer<typeof webServiceOutputs>;

/** What the state keeps of a web service. */
export type PriorService = PriorState<WebServiceInputs, WebServiceOutputs>;
