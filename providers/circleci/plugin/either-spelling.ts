/** Answers whose names have two spellings. */
import { z } from "zod";

/** The description of API v2 says `created-at` where the service also answers `created_at`: both are read. */
export function eitherSpelling<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<z.output<z.ZodObject<Shape>>> {
  return z.preprocess((body) => {
    if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
    const spelled = Object.entries(body).map(([name, value]) => [name.replaceAll("-", "_"), value]);
    return { ...Object.fromEntries(spelled), ...body };
  }, z.object(shape));
}
