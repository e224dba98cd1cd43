/** Text in a CircleCI file, which takes `<<` for the start of an expression of its own. */

/** The text as CircleCI hands it on unchanged ("Reusable configuration reference guide": escaped by a backslash). */
export function shellText(text: string): string {
  return text.replaceAll(/\\?<</g, "\\<<");
}

/** The same of every value of a map. */
export function shellTexts(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shellText(value)]));
}
