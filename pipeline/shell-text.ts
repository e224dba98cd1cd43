/** Text in a CircleCI file, which takes `<<` for the start of an expression of its own. */

/** The text as CircleCI hands it on unchanged ("Reusable configuration reference guide": escaped by a backslash). */
export function shellText(text: string): string {
  return text.replaceAll(/(?<!\\)<</g, "\\<<");
}
