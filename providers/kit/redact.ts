/** Takes known secrets out of texts that people will read. */

export const REDACTED = "[secret]";

/** Below this length a secret is only replaced where it stands alone; inside a word it would garble the text. */
const SHORTEST_ANYWHERE = 4;
/** Lines of a multi-line secret (a key) shorter than this are not worth hiding: `-----`, an empty line. */
const SHORTEST_LINE = 12;

/** Replaces secrets, in the forms in which services echo them. */
export type Redact = (text: string) => string;

/** Builds the replacement for these secrets: as they are, JSON-escaped, URL-encoded, base64, and line by line. */
export function redactor(secrets: Iterable<string>): Redact {
  const forms = new Set<string>();
  for (const value of secrets) {
    if (value === "") continue;
    forms.add(value);
    if (value.length < SHORTEST_ANYWHERE) continue;
    forms.add(JSON.stringify(value).slice(1, -1));
    forms.add(encodeURIComponent(value));
    forms.add(Buffer.from(value).toString("base64"));
    for (const line of value.split(/\r?\n/)) if (line.length >= SHORTEST_LINE) forms.add(line);
  }
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const anywhere = longestFirst.filter((form) => form.length >= SHORTEST_ANYWHERE);
  const alone = longestFirst.filter((form) => form.length < SHORTEST_ANYWHERE).map(standingAlone);
  // One by one: a secret may be a whole file, and a pattern of all of them together would be too large.
  return (text) => {
    const masked = anywhere.reduce((shown, form) => shown.replaceAll(form, REDACTED), text);
    return alone.reduce((shown, pattern) => shown.replace(pattern, REDACTED), masked);
  };
}

function standingAlone(form: string): RegExp {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, "g");
}
