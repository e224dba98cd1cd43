/** Values that CircleCI never shows again. */

/**
 * Stands in the state for a value that somebody else has written: the declared one then differs from it, and is
 * written again by the next update.
 */
export function writtenElsewhere(when: string): string {
  return `written outside this program at ${when}`;
}
