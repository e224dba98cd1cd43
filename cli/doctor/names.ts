/** Names that the chain gives, and what is said of one that somebody has taken. */
import type { Configuration } from "../../infra/config.ts";

/** What to do about a thing that exists and is not in the stack. */
export const ADOPT = "npx --no delivery adopt, which takes it into the stack; or choose another name.";

/**
 * The name under which a resource is declared: an adopted one keeps its own.
 * @param resource the resource's logical name.
 * @param configured what the configuration makes of it.
 */
export function declaredName(
  { asFound }: Pick<Configuration, "asFound">,
  resource: string,
  configured: string,
  argument = "name",
): string {
  const found = asFound[resource]?.[argument];
  return typeof found === "string" ? found : configured;
}
