/** The stack's file where users have it: beside Pulumi.yaml. Some commands of the engine write only there. */
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { ScriptedChain } from "./scripted-chain.ts";

/** Moves it there; from then on the chain's commands use that one. */
export async function useOwnStackFile({ home, projectDir }: ScriptedChain): Promise<void> {
  const { PULUMI_OPTION_CONFIG_FILE: file = "" } = home.env;
  await copyFile(file, join(projectDir, "Pulumi.sandbox.yaml"));
  delete home.env["PULUMI_OPTION_CONFIG_FILE"];
}
