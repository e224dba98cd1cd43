/** The kinds of values that a stack's configuration is made of. Each field says what it is and shows an example. */
import { type Output, secret } from "@pulumi/pulumi";
import { z } from "zod";

/** What the schema knows of a field, for the message and the command that mend it. */
export interface FieldNotes {
  readonly description: string;
  readonly example?: string;
  readonly secret?: boolean;
}

// `pulumi config set --path` turns what looks like a number or a truth value into one. A larger number, or one with a
// fraction, is no longer what was written.
const asText = (value: unknown): unknown =>
  typeof value === "boolean" || Number.isSafeInteger(value) ? String(value) : value;

/** A text, of the shape `pattern` when given. The description is a noun: "the name of ...". */
export function text(description: string, example: string, pattern = /./) {
  const error = ({ input }: { readonly input: unknown }): string =>
    input === "" ? `is empty: ${description}` : `is not ${description}`;
  const shape = z.string().regex(pattern, { error });
  return z.preprocess(asText, shape).meta({ description, example });
}

/** A text that is secret in state and outputs, also when the stack file holds it in plain. */
export function secretText(description: string) {
  const shape = z
    .string()
    .min(1, "is empty")
    .transform((value): Output<string> => secret(value));
  return z.preprocess(asText, shape).meta({ description, secret: true });
}

/** Whether a field takes a text. */
export function isText(field: z.ZodType): boolean {
  return field instanceof z.ZodPipe;
}

/** A whole number, `least` or more, and not more than `most`. */
export function count(description: string, least: number, most = Number.MAX_SAFE_INTEGER, example = least) {
  return z
    .int()
    .min(least, `is less than ${least}`)
    .max(most, `is more than ${most}`)
    .meta({ description, example: String(example) });
}

/** A truth value. */
export function flag(description: string) {
  return z.boolean().meta({ description, example: "true" });
}

/** One of a list of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(description: string, words: Words) {
  const error = `is not one of ${words.join(", ")}`;
  return z.enum(words, { error }).meta({ description, example: words[0] });
}

/** A value that something else checks. */
export function anything(description: string) {
  return z.unknown().meta({ description });
}

/** A list of one or more. */
export function some<Value extends z.ZodType>(value: Value) {
  return z.array(value).min(1, "is empty");
}

/** A map from names of environment variables, empty by default. */
export function variables<Value extends z.ZodType>(value: Value) {
  const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is not a name that an environment variable can have");
  return z.record(name, value).default({});
}

/** Settings of one thing, or `off`, which leaves it out. When it is not mentioned its required settings are asked for. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  const off = z.literal(["off", false]).transform(() => undefined);
  return z.union([off, z.strictObject(shape)]).prefault({} as never);
}

/** Settings of one thing that is `off` unless it is mentioned. */
export function optionalPart<Shape extends z.ZodRawShape>(shape: Shape) {
  const off = z.literal(["off", false]).transform(() => undefined);
  return z.union([off, z.strictObject(shape)]).optional();
}
