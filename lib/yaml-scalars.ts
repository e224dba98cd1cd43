/** Scalars of a settings file as the Pulumi CLI reads them: by YAML 1.1's numbers and times, where no quotes say that it is a text. */
import { type Document, isScalar, parseDocument, Scalar, visit } from "yaml";

/** Digits with underscores, other bases, exponents, times: whatever starts like a number is kept only in quotes. */
const LIKE_A_NUMBER = /^[-+.]?\d|^[-+]?\.(?:inf|nan)$/i;
const LIKE_A_WORD = /^(?:~|null|true|false|yes|no|on|off|y|n)?$/i;

/** Whether a text is kept as it is only in quotes. */
export function needsQuotes(text: string): boolean {
  return LIKE_A_NUMBER.test(text) || LIKE_A_WORD.test(text);
}

/** A node of a document for a value; texts that need quotes get them, however deep they lie. */
export function quotedNode(document: Document, value: unknown): ReturnType<Document["createNode"]> {
  const node = document.createNode(value);
  visit(node, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === "string" && needsQuotes(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return node;
}

/** A scalar that stands in a file without quotes. */
export interface PlainScalar {
  readonly path: readonly PropertyKey[];
  /** What is written. */
  readonly source: string;
}

/** The plain scalars below `config` of a settings file, by their paths; none of a file that is not valid YAML. */
export function plainScalars(text: string): PlainScalar[] {
  const document = parseDocument(text);
  const config = document.get("config", true);
  if (document.errors.length > 0 || !config) return [];
  const found: PlainScalar[] = [];
  const collect = (node: unknown, path: readonly PropertyKey[]): void => {
    if (isScalar(node)) {
      if (node.type === Scalar.PLAIN && node.source !== undefined) found.push({ path, source: node.source });
    } else if (typeof node === "object" && node !== null && "items" in node) {
      for (const [index, item] of (node.items as unknown[]).entries())
        if (typeof item === "object" && item !== null && "key" in item && "value" in item)
          collect(item.value, [...path, String(isScalar(item.key) ? item.key.value : item.key)]);
        else collect(item, [...path, index]);
    }
  };
  collect(config, []);
  return found;
}
