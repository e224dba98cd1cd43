/**
 * The engine's events, as it writes them to the file of `--event-log`. Only what is used here is read; the rest of a
 * line is dropped. A secret arrives as a marker without its value.
 * Source: Pulumi SDK, "go/common/apitype/events.go".
 */
import { z } from "zod";

/** What the engine does, or would do, with a resource. */
const operationSchema = z.enum([
  "same",
  "create",
  "update",
  "delete",
  "replace",
  "create-replacement",
  "delete-replaced",
  "read",
  "read-replacement",
  "refresh",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
  "import",
  "import-replacement",
]);

/** The engine omits empty maps and sends null for missing ones. */
const properties = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});

const stateSchema = z.object({
  id: z.string().default(""),
  parent: z.string().default(""),
  custom: z.boolean().default(false),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  /** What was wrong at the end of the last operation on it: the object may not be as the outputs say. */
  initErrors: z.array(z.string()).optional(),
  inputs: properties,
  outputs: properties,
});

const differenceSchema = z.object({
  diffKind: z.enum(["add", "add-replace", "delete", "delete-replace", "update", "update-replace"]),
  /** Whether old inputs were compared with new ones, and not the old state with new inputs. */
  inputDiff: z.boolean().default(false),
});

const stepSchema = z.object({
  op: operationSchema,
  urn: z.string(),
  type: z.string(),
  old: stateSchema.nullish(),
  new: stateSchema.nullish(),
  keys: z.array(z.string()).nullish(),
  diffs: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), differenceSchema).nullish(),
});

const stepEventSchema = z.object({ metadata: stepSchema });

const diagnosticSchema = z.object({
  urn: z.string().optional(),
  message: z.string(),
  severity: z.string(),
  ephemeral: z.boolean().default(false),
});

const policySchema = z.object({
  resourceUrn: z.string().optional(),
  message: z.string(),
  policyName: z.string(),
  policyPackName: z.string(),
  /** `mandatory` fails the run; everything else is advice. */
  enforcementLevel: z.string(),
  /** The exceptions of the pack that let it pass. */
  exceptions: z.array(z.object({ id: z.string(), reason: z.string() })).nullish(),
});

const summarySchema = z.object({
  maybeCorrupt: z.boolean().default(false),
  durationSeconds: z.number().default(0),
  isPreview: z.boolean().default(false),
  result: z.enum(["succeeded", "failed", "canceled"]).optional().catch(undefined),
});

/** One line of the log. An event of another kind has none of the fields. */
export const engineEventSchema = z.object({
  sequence: z.number(),
  timestamp: z.number(),
  resourcePreEvent: stepEventSchema.optional(),
  resOutputsEvent: stepEventSchema.optional(),
  resOpFailedEvent: stepEventSchema.optional(),
  diagnosticEvent: diagnosticSchema.optional(),
  policyEvent: policySchema.optional(),
  summaryEvent: summarySchema.optional(),
  errorEvent: z.object({ error: z.string() }).optional(),
});

/** One event of a run. */
export type EngineEvent = z.output<typeof engineEventSchema>;

/** One step on one resource: what it was, what it is to be, and what differs. */
export type Step = z.output<typeof stepSchema>;

/** What the engine does with a resource. */
export type Operation = z.output<typeof operationSchema>;

/** A resource before or after a step. */
export type ResourceState = z.output<typeof stateSchema>;

/** What differs in one property. */
export type Difference = z.output<typeof differenceSchema>;
