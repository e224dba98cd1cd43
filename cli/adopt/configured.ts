/** The stack's configuration as the engine reads it, secret values too. They stay in memory. */
import { z } from "zod";
import { failedRun, type Pulumi } from "../pulumi.ts";

const values = z.record(z.string(), z.object({ value: z.string().optional(), objectValue: z.unknown().optional() }));

/** Reads a setting by its key below `delivery:`, or `github:owner`. */
export type Configured = (key: string) => unknown;

/** Reads all of it. Throws UserError when the engine does not know the stack, or cannot decrypt. */
export async function readConfigured(pulumi: Pulumi, stack: string): Promise<Configured> {
  const result = await pulumi.run("config", "--json", "--show-secrets");
  if (result.code !== 0)
    throw failedRun(
      `The configuration of stack ${stack} cannot be read`,
      result,
      `Log in to the backend; if there is no such stack yet, run \`npm run pulumi -- stack init ${stack}\` first.`,
    );
  const all = values.parse(JSON.parse(result.stdout));
  return (key) => {
    if (key.includes(":")) return all[key]?.value;
    const [part = "", ...rest] = key.split(".");
    const entry = all[`delivery:${part}`];
    const whole = entry?.objectValue ?? entry?.value;
    return rest.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], whole);
  };
}
