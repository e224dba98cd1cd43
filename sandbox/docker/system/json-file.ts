/** Small records of this program's own, kept as JSON. */
import { readFile } from "node:fs/promises";
import type { z } from "zod";

/** Reads a record; undefined when there is none, or when a crash left something else in its place. */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}
