/** The contract of a stack's outputs: what other teams and programs may rely on. It carries no secret. */
import { z } from "zod";

/** Raised when a field is removed or narrowed; an added field keeps it. */
export const CONTRACT_VERSION = 1;

const text = (description: string) => z.string().describe(description);
const url = (description: string) => z.url().describe(description);

/** What the stacks of single environments take from the stack that declares the shared parts. */
const sharedSchema = z
  .strictObject({
    pipeline: z
      .strictObject({
        organization: text("CircleCI's slug of the organization, e.g. gh/acme"),
        projectId: text("CircleCI's id of the project, a UUID"),
      })
      .optional(),
    errors: z
      .strictObject({
        organization: text("Slug of the Sentry organization"),
        project: text("Slug of the Sentry project"),
      })
      .optional(),
    hosting: z
      .strictObject({
        ownerId: text("Id of the Render workspace"),
        projectId: text("Id of the Render project, prj-...").optional(),
        credentialId: text("Id of the Render registry credential, rgc-...").optional(),
      })
      .optional(),
  })
  .describe("What environments in stacks of their own are built on; absent in such a stack");

const domainSchema = z
  .strictObject({
    name: text("The domain, e.g. www.example.com"),
    verificationStatus: text("Whether its DNS points to the site, as Render last saw it: verified or unverified"),
    dnsRecords: z.array(
      z.strictObject({
        type: text("Kind of the record: A or CNAME"),
        name: text("Whole name of the record"),
        value: text("What it has to hold"),
      }),
    ),
  })
  .describe("A custom domain of the site, and the records to set in its DNS");

/** Outputs of a stack, version 1. A part that is `off`, or that the stack does not declare or build on, is absent. */
export const outputsSchema = z.strictObject({
  contractVersion: z.literal(CONTRACT_VERSION).describe("Version of this contract"),
  application: text("Name of the application"),
  environment: text("Name of the environment"),
  repository: z.strictObject({ url: url("Page of the repository"), fullName: text("owner/name") }).optional(),
  pipeline: z
    .strictObject({
      slug: text("CircleCI's slug of the project, e.g. gh/acme/site"),
      context: text("Name of the CircleCI context that holds the environment's variables").optional(),
    })
    .optional(),
  image: z
    .strictObject({
      repository: text("Repository in the registry, without a tag"),
      tag: text("Tag that is deployed; never used again for other content"),
      reference: text("repository:tag"),
      digest: text("Digest of the manifest, sha256:..."),
    })
    .optional(),
  errors: z
    .strictObject({
      project: text("Slug of the Sentry project"),
      dsn: url("Where the application sends its errors; public by design"),
    })
    .optional(),
  site: z
    .strictObject({
      id: text("Id of the Render service, srv-..."),
      url: url("Where the site answers"),
      deployId: text("Id of the newest deploy, dep-...").optional(),
      domains: z.array(domainSchema).optional(),
    })
    .optional(),
  database: z
    .strictObject({ id: text("Id of the Render Postgres, dpg-..."), name: text("Name of the database at Render") })
    .optional(),
  cache: z
    .strictObject({ id: text("Id of the Render key value store, red-..."), name: text("Name of the cache at Render") })
    .optional(),
  shared: sharedSchema.optional(),
});

/** The outputs as a consumer reads them. */
export type Outputs = z.infer<typeof outputsSchema>;

/** The contract as a JSON Schema. It lets unknown fields pass, so that an old reader takes a newer stack's outputs. */
export function jsonSchema(): object {
  return z.toJSONSchema(outputsSchema, {
    override: ({ jsonSchema: node }) => {
      delete node.additionalProperties;
      if (node.properties && "contractVersion" in node.properties)
        Object.assign(node, { title: "Outputs", description: "Outputs of a stack of the delivery chain, version 1." });
    },
  });
}
