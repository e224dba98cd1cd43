/** What to do about errors of services that do not say it themselves. */
import { SERVICES } from "../../infra/services.ts";

/** How GitHub, Sentry, CircleCI, Render and the plugins say it. */
const EXISTS =
  /already[ _]exists|exists already|(?<!address )already (in use|taken|using that)|refusing to overwrite existing|must be unique/i;
const COMMAND = "npx --no delivery recover";

/** How a service refuses a token, by the variable that the token is in. Our own providers name theirs. */
const TOKENS: readonly (readonly [variable: string, refusal: RegExp])[] = [
  [SERVICES.github.token, /401 (Bad credentials|Requires authentication)|Bad credentials/],
  [SERVICES.sentry.token, /sentry.*401|401.*(Invalid token|Authentication credentials were not provided)/i],
];

/** The message, and the command that gets further where one does. */
export function withHint(message: string): string {
  const variable = TOKENS.find(([name, refusal]) => refusal.test(message) && !message.includes(name))?.[0];
  if (variable !== undefined)
    return `${message}\nThe token in ${variable} is not valid: set another; \`npx --no delivery doctor\` tests it.`;
  if (!EXISTS.test(message) || message.includes(COMMAND)) return message;
  return `${message}\nRun \`${COMMAND}\`: it finds out whether a run of this stack has made it, and imports it then.`;
}
