/** Secrets that can be told apart from everything else, and every form in which one of them may turn up. */
import { randomBytes, randomInt } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** So many letters and digits that are nowhere else. */
export function drawn(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** A text of the same kind with what each encoding writes otherwise: quotes, a backslash, blanks, `%`, `+`, `/`. */
export function drawnWithSigns(): string {
  return `${drawn(8)}"\\ %+/${drawn(24)}`;
}

/** Lower-case hexadecimal digits. */
export function drawnHex(length: number): string {
  return randomBytes(length).toString("hex").slice(0, length);
}

/** A secret as it may stand somewhere, and what that form is called. */
interface Form {
  readonly form: string;
  readonly text: string;
}

/** A secret in plain, base64 (at each of the three alignments, in both alphabets), URL, hexadecimal and JSON form. */
export function formsOf(secret: string): Form[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and the last character may hold bits of a neighbour.
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
  return [
    { form: "plain", text: secret },
    { form: "JSON", text: escaped(secret) },
    { form: "JSON in JSON", text: escaped(escaped(secret)) },
    { form: "URL", text: encodeURIComponent(secret) },
    { form: "form", text: new URLSearchParams({ x: secret }).toString().slice(2) },
    { form: "hex", text: hex },
    { form: "HEX", text: hex.toUpperCase() },
    ...base64.flatMap((text) => [
      { form: "base64", text },
      { form: "base64url", text: text.replaceAll("+", "-").replaceAll("/", "_") },
    ]),
  ];
}

/** Which of the secrets stand in a text, as `name (form)`. */
export function canariesIn(text: string, secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const found = formsOf(secret).find((one) => text.includes(one.text));
    return found ? [`${name} (${found.form})`] : [];
  });
}
