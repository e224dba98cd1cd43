/** What of a secret must stand nowhere in a snapshot: itself, its secret parts, and all that could test a guess at it. */
import { createHash } from "node:crypto";
import { addressOf, container } from "./placeholder.ts";
import { isObject } from "./secret-value.ts";

/** A text that gives a secret away, and how. */
export interface Needle {
  readonly text: string;
  /** e.g. "its sha256 digest". */
  readonly form: string;
}

/** Anything shorter turns up by chance. */
export const SHORTEST = 6;
/** A segment of an address' path that is at least as long is a key, as in the address of a webhook. */
const SHORTEST_SEGMENT = 16;
const WEB = /^https?:$/;

/** The texts of a value of JSON that are secret each by itself. */
export function secretTexts(value: unknown): string[] {
  if (typeof value === "string") return [value, ...partsOf(value)].filter((text) => text.length >= SHORTEST);
  if (typeof value === "number") return [String(value)].filter((text) => text.length >= SHORTEST);
  if (Array.isArray(value)) return value.flatMap(secretTexts);
  return isObject(value) ? Object.values(value).flatMap(secretTexts) : [];
}

function partsOf(text: string): string[] {
  const inner = container(text);
  if (inner) return secretTexts(inner);
  const url = addressOf(text);
  if (!url) return [];
  const { protocol, username, password, pathname, searchParams, hash } = url;
  // Beside a password, what a database is called is none; its name stands in the state, too.
  const isDatabase = password !== "" && !WEB.test(protocol);
  const segments = pathname.split("/").filter((segment) => !isDatabase && segment.length >= SHORTEST_SEGMENT);
  // Beside a password the login's name is no secret.
  const login = password || username;
  return [login, decoded(login), ...segments, ...searchParams.values(), hash.slice(1)];
}

/** The forms in which a text may stand somewhere. */
export function needlesOf(text: string): Needle[] {
  const bytes = Buffer.from(text);
  const forms: [form: string, text: string][] = [
    ["its value", text],
    ["its value as part of an address", encodeURIComponent(text)],
    ["its value inside JSON", JSON.stringify(text).slice(1, -1)],
    ["its bytes in hexadecimal", bytes.toString("hex")],
    ...[0, 1, 2].map((offset): [string, string] => ["its bytes in base64", base64Core(bytes, offset)]),
    ...["md5", "sha1", "sha256", "sha512"].flatMap((algorithm): [string, string][] => {
      const digest = createHash(algorithm).update(text).digest();
      const form = `its ${algorithm} digest`;
      return [
        [form, digest.toString("hex")],
        [form, digest.toString("base64").replace(/=+$/, "")],
        [form, digest.toString("base64url")],
      ];
    }),
  ];
  const urlSafe = forms
    .filter(([form]) => form.endsWith("base64"))
    .map(([form, made]): [string, string] => [form, made.replaceAll("+", "-").replaceAll("/", "_")]);
  // Of forms that are the same text the first one says it best.
  const all = new Map([...forms, ...urlSafe].toReversed().map(([form, made]) => [made, form]));
  return [...all].map(([made, form]) => ({ text: made, form })).filter(({ text: made }) => made.length >= SHORTEST);
}

/** What the base64 of any longer text has in it when these bytes begin at this offset of three. */
function base64Core(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(offset === 0 ? 0 : offset + 1, whole);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
