/** What is declared of an environment, alone or within its project. */
import { z } from "zod";
import type { Environment } from "./api/answers.ts";
import type { EnvironmentSettings } from "./api/projects.ts";

/** Schema of an environment's settings. */
export const environmentSettings = z
  .object({
    name: z.string().min(1).describe("Name of the environment, unique in its project."),
    protectedStatus: z
      .enum(["unprotected", "protected"])
      .meta({ typeName: "ProtectedStatus" })
      .default("unprotected")
      .describe("In a `protected` environment only admins may do what destroys something."),
    networkIsolationEnabled: z
      .boolean()
      .default(false)
      .describe("Whether private network traffic from and to other environments is blocked."),
  })
  .meta({ typeName: "ProjectEnvironment" })
  .describe("An environment that is declared with its project.");

/** The settings that an environment has. A protection that nobody can declare yet is shown as it is. */
export function settingsOf({ name, protectedStatus, networkIsolationEnabled }: Environment): EnvironmentSettings {
  const shown = protectedStatus as EnvironmentSettings["protectedStatus"];
  return { name, protectedStatus: shown, networkIsolationEnabled };
}
