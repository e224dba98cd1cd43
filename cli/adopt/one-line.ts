/** Text of a service, made safe to show. */

/** Control characters, line breaks of all kinds, and marks that turn the direction of writing. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** The text on one line, without what could end a comment or steer a terminal. */
export function oneLine(text: string): string {
  return text.replaceAll(UNSAFE, " ");
}
