/** The name of an environment variable, as CircleCI accepts it. */
import { z } from "zod";

/** A POSIX name: letters, digits and underscores, not starting with a digit. */
export const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);
