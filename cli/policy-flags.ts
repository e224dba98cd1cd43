/** Which policies a preview or an update runs with. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The engine's flags that run the project's policy pack, with the project's configuration of it; none without a pack. */
export function policyFlags(projectDir: string): readonly string[] {
  const pack = join(projectDir, "policy", "run-policy");
  const config = join(projectDir, "policy", "config.json");
  if (!existsSync(pack)) return [];
  return ["--policy-pack", pack, ...(existsSync(config) ? ["--policy-pack-config", config] : [])];
}
