/** Fields of a schema, found by their path. */
import { z } from "zod";
import type { FieldNotes } from "./configuration-fields.ts";

/** The schema of the field at `path`, inside the defaults and choices that wrap it; undefined when there is none. */
export function fieldAt(schema: z.ZodType, [name, ...rest]: readonly PropertyKey[]): z.ZodType | undefined {
  if (name === undefined && schema.meta()) return schema;
  const { def } = schema as {
    def: { innerType?: z.ZodType; options?: z.ZodType[]; element?: z.ZodType; valueType?: z.ZodType };
  };
  // Of choices the last one is the settings; the others are words such as `off`.
  const inner = def.innerType ?? def.options?.at(-1);
  if (inner) return fieldAt(inner, name === undefined ? [] : [name, ...rest]);
  if (name === undefined) return schema;
  const next = schema instanceof z.ZodObject ? schema.shape[name as string] : (def.element ?? def.valueType);
  return next && fieldAt(next as z.ZodType, rest);
}

/** The schema that the value at `path` has to pass, with its defaults and choices; undefined when there is none. */
export function settingAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const above = fieldAt(schema, path.slice(0, -1));
  if (above instanceof z.ZodObject) return above.shape[path.at(-1) as string] as z.ZodType | undefined;
  return above instanceof z.ZodRecord ? (above.def.valueType as z.ZodType) : undefined;
}

/** What is known of the field at `path`; undefined when there is none. */
export function notesAt(schema: z.ZodType, path: readonly PropertyKey[]): FieldNotes | undefined {
  return fieldAt(schema, path)?.meta() as FieldNotes | undefined;
}
