/** What to do when an update finds in its way what it wants to make: an earlier one may have made it. */

/** How GitHub, Sentry, CircleCI, Render and the plugins say it. */
const EXISTS =
  /already exists|exists already|name already exists on this account|slug .*(already )?in use|is already (taken|in use)|refusing to overwrite existing|must be unique/i;
const COMMAND = "npx --no delivery recover";

/** The message, and the command that finds out whose the object is where that is the question. */
export function withExistsHint(message: string): string {
  if (!EXISTS.test(message) || message.includes(COMMAND)) return message;
  return `${message}\nRun \`${COMMAND}\`: it finds out whether a run of this stack has made it, and imports it then.`;
}
