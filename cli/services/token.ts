/** The tokens of the services, as the providers read them. */
import { UserError } from "../user-error.ts";

/** A token from the environment. Throws UserError, naming the variable, when it is not there. */
export function serviceToken(env: NodeJS.ProcessEnv, variable: string): string {
  const value = env[variable];
  if (value) return value;
  throw new UserError(`${variable} is not in the environment.`, `Run \`export ${variable}=...\`, then try again.`);
}
