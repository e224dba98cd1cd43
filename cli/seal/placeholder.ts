/**
 * Values that stand for secrets: as alike as programs need, and of no use to guess by. Each is drawn from a keyed hash
 * of the value, so equal secrets have equal placeholders, and without the key none can be tried.
 */
import { createHmac } from "node:crypto";
import { isObject } from "./secret-value.ts";

/** Makes the placeholder of a value of JSON. */
export type Placeholders = (value: unknown) => unknown;

const PEM = /^-----BEGIN ([A-Z0-9 ]+)-----\r?\n[\s\S]*-----END \1-----\s*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** A shorter text that could be base64 is more likely a word. */
const SHORTEST_BASE64 = 16;
const HEX = /^(?:[0-9a-f]{2}){4,}$|^(?:[0-9A-F]{2}){4,}$/;
const DIGITS = /^\d+$/;

/**
 * The placeholders under a key.
 * @param key has to be forgotten when the last placeholder is made.
 */
export function placeholders(key: Buffer): Placeholders {
  const drawn = (value: string, purpose: string, length: number): Buffer => {
    const blocks: Buffer[] = [];
    for (let made = 0, block = 0; made < length; made += 32, block += 1)
      blocks.push(createHmac("sha256", key).update(`${purpose}\0${block}\0${value}`).digest());
    return Buffer.concat(blocks).subarray(0, length);
  };
  const hex = (value: string, length: number): string =>
    drawn(value, "hex", Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length);
  const digits = (value: string): string => {
    const made = [...drawn(value, "digits", value.length)].map((byte) => byte % 10).join("");
    // Without a leading zero a number keeps its length.
    return made.replace(/^0/, "1");
  };

  const ofText = (value: string): string => {
    if (value === "") return "";
    if (DIGITS.test(value)) return digits(value);
    if (HEX.test(value))
      return value === value.toUpperCase() ? hex(value, value.length).toUpperCase() : hex(value, value.length);
    if (PEM.test(value)) return pem(value, drawn(value, "pem", 96).toString("base64"));
    const inner = container(value);
    if (inner !== undefined) return JSON.stringify(placeholder(inner));
    const url = addressOf(value);
    if (url) return ofAddress(url, value);
    if (value.length >= SHORTEST_BASE64 && BASE64.test(value) && /[+/=\d]/.test(value))
      return drawn(value, "base64", Buffer.from(value, "base64").length).toString("base64");
    return `sealed-${hex(value, 24)}`;
  };

  /** Scheme and port stay, and which parts there are. */
  const ofAddress = (url: URL, value: string): string => {
    const part = (name: string, text: string): string => (text === "" ? "" : hex(`${name}\0${text}\0${value}`, 12));
    const login =
      url.username || url.password
        ? `${part("user", url.username)}${url.password ? ":" : ""}${part("password", url.password)}@`
        : "";
    const port = url.port ? `:${url.port}` : "";
    const path = url.pathname
      .split("/")
      .map((segment) => part("path", segment))
      .join("/");
    const query = [...url.searchParams].map(([name, text]) => `${encodeURIComponent(name)}=${part("query", text)}`);
    const hash = url.hash ? `#${part("hash", url.hash)}` : "";
    return `${url.protocol}//${login}${part("host", url.hostname)}.sealed.invalid${port}${path}${query.length > 0 ? `?${query.join("&")}` : ""}${hash}`;
  };

  const placeholder: Placeholders = (value) => {
    if (typeof value === "string") return ofText(value);
    if (typeof value === "number") return Number(digits(String(Math.trunc(Math.abs(value)))));
    // Neither word may tell which it was.
    if (typeof value === "boolean") return true;
    if (Array.isArray(value)) return value.map(placeholder);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, placeholder(inner)]));
  };
  return placeholder;
}

/** The object or list that a text is JSON of; undefined when it is none. */
export function container(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** The text as an address with a host; undefined when it is none. */
export function addressOf(text: string): URL | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) ? URL.parse(text) : null;
  return url?.hostname ? url : undefined;
}

function pem(value: string, body: string): string {
  const [, label] = PEM.exec(value) ?? [];
  const lines = body.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
