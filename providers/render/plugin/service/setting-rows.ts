/** The settings of services that may be left out, one row each: how Render answers and how a request writes it. */
import { z } from "zod";
import { openEnum, optional, otherwise } from "../../../kit/answer.ts";

/** What is answered elsewhere than under the setting's own name ("Render Public API"). */
interface Elsewhere {
  readonly envSpecificDetails?:
    | { readonly dockerCommand?: string | undefined; readonly preDeployCommand?: string | undefined }
    | undefined;
}

/** One setting of `serviceDetails`, which is an input of the same name. */
export interface Setting<Value> {
  /** What Render does where nothing is declared ("Render Public API", defaults of the service details). */
  readonly default: Value;
  /** How Render answers it under its own name. */
  readonly answer?: z.ZodType<Value>;
  /** Where Render answers it, when not under its own name; undefined where it leaves it out. */
  readonly read?: (details: Elsewhere) => Value | undefined;
  /** Whether it only takes effect with a deploy. */
  readonly deploys?: true;
  /** How a request writes it, where not under its own name. */
  readonly write?: (value: Value) => Record<string, unknown>;
}

/** A row of what Render answers under the setting's own name. */
function named<Answer extends z.ZodType>(
  row: Setting<z.output<Answer>> & { readonly answer: Answer },
): Setting<z.output<Answer>> & { readonly answer: Answer } {
  return row;
}

/** A row of what Render answers elsewhere. */
function elsewhere<Value>(row: Setting<Value> & { readonly read: object }): Setting<Value> {
  return row;
}

/** Every setting that may be left out. */
export const SETTING_ROWS = {
  healthCheckPath: named({ default: "", answer: z.string(), deploys: true }),
  preDeployCommand: elsewhere({
    default: "",
    read: (details) => details.envSpecificDetails?.preDeployCommand,
    deploys: true,
  }),
  startCommand: elsewhere({
    default: "",
    read: (details) => details.envSpecificDetails?.dockerCommand,
    deploys: true,
    write: (dockerCommand) => ({ envSpecificDetails: { dockerCommand } }),
  }),
  schedule: named({ default: "", answer: z.string() }),
  maxShutdownDelaySeconds: named({ default: 30, answer: z.number(), deploys: true }),
  renderSubdomainPolicy: named({ default: "enabled", answer: openEnum("enabled", "disabled") }),
  maintenanceMode: named({
    default: { enabled: false, uri: "" },
    answer: z.object({ enabled: otherwise(z.boolean(), false), uri: otherwise(z.string(), "") }),
  }),
};

type Rows = typeof SETTING_ROWS;

/** Schemas of the fields of an answer, each of which may be absent. */
type Answered = {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly answer: z.ZodType }
    ? Name
    : never]: Rows[Name] extends {
    readonly answer: infer Answer extends z.ZodType;
  }
    ? ReturnType<typeof optional<Answer>>
    : never;
};

/** The part of an answer that the rows describe. */
export const answeredSettings = Object.fromEntries(
  Object.entries(SETTING_ROWS).flatMap(([name, { answer }]) => (answer ? [[name, optional(answer)]] : [])),
) as unknown as Answered;
