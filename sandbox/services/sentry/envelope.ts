/** The bodies that Sentry's clients send: compression and the envelope format. */
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";

/** One item of an envelope: its header's type and its payload. */
export interface EnvelopeItem {
  readonly type: string;
  readonly payload: Buffer;
}

/** A parsed envelope. */
export interface Envelope {
  readonly header: Readonly<Record<string, unknown>>;
  readonly items: readonly EnvelopeItem[];
}

const NEWLINE = 0x0a;

/** The body without its content encoding. Throws for an unknown encoding or damaged data. */
export function decompress(body: Buffer, encoding: string | undefined): Buffer {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return body;
    case "gzip":
      return gunzipSync(body);
    case "deflate":
      return inflateSync(body);
    case "br":
      return brotliDecompressSync(body);
    case "zstd":
      return zstdDecompressSync(body);
    default:
      throw new Error(`unknown content encoding ${encoding}`);
  }
}

/** Splits an envelope. Throws for a header that is not JSON or an item that is cut short. */
export function parseEnvelope(body: Buffer): Envelope {
  const [headerLine, afterHeader] = takeLine(body, 0);
  const items: EnvelopeItem[] = [];
  let position = afterHeader;
  while (position < body.length) {
    const [itemLine, start] = takeLine(body, position);
    if (itemLine.trim() === "") {
      position = start;
      continue;
    }
    const header = parseObject(itemLine);
    const length = header["length"];
    const end = typeof length === "number" ? start + length : lineEnd(body, start);
    if (end > body.length) throw new Error("an item is shorter than its header says");
    items.push({ type: String(header["type"]), payload: body.subarray(start, end) });
    position = end + 1;
  }
  return { header: parseObject(headerLine), items };
}

/** A JSON object. Throws for anything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("not a JSON object");
  return value as Readonly<Record<string, unknown>>;
}

function lineEnd(body: Buffer, from: number): number {
  const end = body.indexOf(NEWLINE, from);
  return end < 0 ? body.length : end;
}

function takeLine(body: Buffer, from: number): [line: string, next: number] {
  const end = lineEnd(body, from);
  return [body.subarray(from, end).toString("utf8"), end + 1];
}
