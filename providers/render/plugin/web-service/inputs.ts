/** What a program declares of a web service. */
import { z } from "zod";
import type { CheckFailure } from "../../../kit/resource.ts";
import { PLANS, REGIONS } from "../../vendor-values.ts";
import { imageProblem } from "../image-reference.ts";

/** Schema of the inputs of a web service that runs an image. */
export const webServiceInputs = z.object({
  name: z.string().min(1).describe("Name of the service, unique in its workspace."),
  ownerId: z.string().min(1).describe("Id of the workspace (`tea-…`) that owns the service."),
  image: z.string().min(1).describe("The image to run: `repository:tag` or `repository@sha256:…`."),
  registryCredentialId: z
    .string()
    .min(1)
    .optional()
    .describe("Id of the registry credential with which Render pulls the image. None for a public image."),
  region: z
    .enum(REGIONS)
    .meta({ typeName: "Region" })
    .describe("Where the service runs. A change replaces the service."),
  plan: z
    .enum(PLANS)
    .meta({ typeName: "Plan" })
    .describe("Instance type. `free` is for a new service only: a change to it is refused."),
  numInstances: z
    .int()
    .min(1)
    .optional()
    .describe(
      "Number of instances. Without it the number is left as it is; while autoscaling is on, it is not applied.",
    ),
  environmentVariables: z
    .record(z.string(), z.string())
    .default({})
    .describe("Environment variables by name. Each value may be secret. Variables not named here are left alone."),
  generatedVariables: z
    .array(z.string())
    .optional()
    .describe("Names of variables that Render generates a value for, once: one that exists keeps its value."),
  secretFiles: z
    .record(z.string(), z.string())
    .optional()
    .describe("Contents of secret files by file name. Files not named here are left alone."),
  healthCheckPath: z
    .string()
    .startsWith("/")
    .optional()
    .describe("Path that must answer before a deploy is live. Without it Render only checks that a port is open."),
  preDeployCommand: z
    .string()
    .min(1)
    .optional()
    .describe("Command run in the new image before it starts, for example a database migration."),
  startCommand: z.string().min(1).optional().describe("Command that replaces the image's own."),
  maxShutdownDelaySeconds: z
    .int()
    .min(1)
    .max(300)
    .optional()
    .describe("Seconds that the old process gets to finish after SIGTERM. Render's default is 30."),
  renderSubdomainPolicy: z
    .enum(["enabled", "disabled"])
    .meta({ typeName: "SubdomainPolicy" })
    .optional()
    .describe(
      "Whether the site answers on Render's own domain too, beside its custom ones. Render's default is enabled.",
    ),
  maintenanceMode: z
    .object({
      enabled: z.boolean().describe("Whether visitors get the maintenance page instead of the site."),
      uri: z.string().default("").describe("Address of the page to show; empty for Render's own."),
    })
    .meta({ typeName: "MaintenanceMode" })
    .optional()
    .describe("Maintenance mode; off by default."),
  customDomains: z
    .array(z.string().regex(/^[a-z0-9*.-]+$/, "a domain name is written in lower case, without scheme or path"))
    .optional()
    .describe("Custom domain names. Without it the service's domains are left alone."),
  environmentId: z
    .string()
    .min(1)
    .optional()
    .describe("Id of the environment (`evm-…`) of a Render project that the service belongs to."),
  imageManagement: z
    .enum(["declared", "external"])
    .meta({ typeName: "ImageManagement" })
    .default("declared")
    .describe(
      "`declared`: the declared image is what runs. `external`: a pipeline deploys new tags or digests; the repository " +
        "and credential are enforced, and what runs is only reported.",
    ),
  waitForDeploy: z
    .boolean()
    .default(true)
    .describe("Whether create and update wait until the deploy is live and fail when it is not."),
});

/** Inputs of a web service, checked. */
export type WebServiceInputs = z.infer<typeof webServiceInputs>;

const VARIABLE_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Checks that the schema cannot express. Unknown values are absent. */
export function checkWebService(inputs: Partial<WebServiceInputs>): CheckFailure[] {
  const { image, environmentVariables = {}, secretFiles = {}, customDomains } = inputs;
  const problem = image && imageProblem(image);
  return [
    ...(problem ? [{ property: "image", reason: `"${image}" ${problem}` }] : []),
    ...checkNames("environmentVariables", Object.keys(environmentVariables)),
    ...checkGeneratedVariables(inputs),
    ...Object.keys(secretFiles)
      .filter((name) => name === "" || name.includes("/"))
      .map((name) => ({ property: "secretFiles", reason: `"${name}" is no file name: it is empty or has a "/"` })),
    ...repeated("customDomains", customDomains),
  ];
}

function checkNames(property: string, names: readonly string[]): CheckFailure[] {
  return names
    .filter((name) => !VARIABLE_NAME.test(name))
    .map((name) => ({
      property,
      reason: `"${name}" is no variable name: it has letters, digits, "_", "-" and ".", and does not begin with a digit`,
    }));
}

function checkGeneratedVariables(inputs: Partial<WebServiceInputs>): CheckFailure[] {
  const generated = inputs.generatedVariables ?? [];
  const both = generated.flatMap((name, index) => {
    if (!Object.hasOwn(inputs.environmentVariables ?? {}, name)) return [];
    const reason = `"${name}" is in environmentVariables too; declare its value or let Render generate one`;
    return [{ property: `generatedVariables[${index}]`, reason }];
  });
  return [...checkNames("generatedVariables", generated), ...both, ...repeated("generatedVariables", generated)];
}

function repeated(property: string, names: readonly string[] = []): CheckFailure[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ property: `${property}[${index}]`, reason: `"${name}" is there twice` }] : [],
  );
}
