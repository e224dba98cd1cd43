/** Names of environment variables. */
import { z } from "zod";

/** A name that a shell accepts ("CircleCI API v2", Add or update an environment variable). */
export const environmentVariableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is no name of a variable: letters, digits and _, not starting with a digit");
