/** Which policies a preview or an update runs with. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The engine's flags that run the project's policy pack with the project's configuration of it, if it has one. */
export function policyFlags(projectDir: string): readonly string[] {
  const config = join(projectDir, "policy", "config.json");
  return [
    ...["--policy-pack", join(projectDir, "policy", "run-policy")],
    ...(existsSync(config) ? ["--policy-pack-config", config] : []),
  ];
}
