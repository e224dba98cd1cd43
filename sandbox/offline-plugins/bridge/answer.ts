/** Answers of a service, read into the shape that the plugin works with. */
import { z } from "zod";
import { BridgedError } from "./failure.ts";

/**
 * The body as the schema describes it.
 * @throws BridgedError naming the fields that are missing or of another type.
 */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BridgedError(`the answer is not of the expected form: ${z.prettifyError(parsed.error)}`);
}

/** The body of a response: JSON as a value, other text as it is, undefined when there is none. */
export function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
