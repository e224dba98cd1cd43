/** Where the stack's file is on this machine. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const project = z.object({ stackConfigDir: z.string().default(".") });

/**
 * Where the engine has a stack's file: what PULUMI_OPTION_CONFIG_FILE names, else in the project's folder or the one
 * that its `stackConfigDir` names.
 */
export async function stackFilePath(folder: string, stack: string, env: NodeJS.ProcessEnv): Promise<string> {
  const named = env["PULUMI_OPTION_CONFIG_FILE"];
  if (named !== undefined) return resolve(folder, named);
  const text = await readFile(join(folder, "Pulumi.yaml"), "utf8").catch(() => "");
  const { data } = project.safeParse(parse(text));
  return resolve(folder, data?.stackConfigDir ?? ".", `Pulumi.${stack}.yaml`);
}
