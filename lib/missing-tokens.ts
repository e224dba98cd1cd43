/** Tokens, which come from the environment. */
import type { Problem } from "./configuration-problems.ts";

/**
 * The tokens that are not in the environment, of the parts that are on.
 * @param tokens the environment variable that carries each part's token.
 * @param raw the parts as configured.
 */
export function missingTokens(
  tokens: Readonly<Record<string, string>>,
  raw: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): Problem[] {
  return Object.entries(tokens)
    .filter(([part, variable]) => raw[part] !== "off" && raw[part] !== false && !environment[variable])
    .map(([part, variable]) => ({
      key: variable,
      problem: `is not in the environment; delivery:${part} needs it`,
      mend: `export ${variable}=...   (or leave the part out: npm run pulumi -- config set delivery:${part} off)`,
    }));
}
