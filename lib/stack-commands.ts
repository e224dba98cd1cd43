/** The stack that a printed command works on. */

/** A command that changes a stack's settings, as configuration-problems.ts writes it, and none that names a stack already. */
const CONFIG_COMMAND = /(npm run pulumi -- config (?:set-all|set|rm))(?= )(?![^\n`]*? --stack )/g;

/**
 * Names the stack in each `config` command of a text. Without that they change the stack that is selected, which need not
 * be the one that the text is about.
 * @param stack its name; undefined leaves the text alone.
 */
export function onStack(text: string, stack: string | undefined): string {
  return stack === undefined ? text : text.replaceAll(CONFIG_COMMAND, `$1 --stack ${stack}`);
}
