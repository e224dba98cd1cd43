/** Looks for secrets in a snapshot. */
import { type Needle, needlesOf, secretTexts } from "./needles.ts";
import { container } from "./placeholder.ts";
import { isObject, type Path } from "./secret-value.ts";

/** A secret, and what to call it. */
export interface KnownSecret {
  readonly name: string;
  readonly value: unknown;
}

/** A secret that stands where it must not. */
export interface Leak {
  /** Which secret. */
  readonly secret: string;
  readonly form: string;
  /** Where it stands. */
  readonly place: Path;
}

/** Every place of the tree, in keys and in values, where one of the secrets can be read or guessed. Never a value. */
export function leaksIn(tree: unknown, secrets: readonly KnownSecret[]): Leak[] {
  const searched = secrets.map(({ name, value }) => ({
    name,
    needles: [...new Set(secretTexts(value))].flatMap(needlesOf),
  }));
  const texts = [...textsIn(tree, [])];
  // One text for all, so that what is nowhere costs one search.
  const everything = texts.map(({ text }) => text).join("\n");
  const folded = everything.toLowerCase();
  return searched.flatMap(({ name, needles }) =>
    needles
      .filter((needle) => contains(everything, folded, needle))
      .flatMap((needle) =>
        texts
          .filter(({ text }) => contains(text, text.toLowerCase(), needle))
          .map(({ place }) => ({ secret: name, form: needle.form, place })),
      ),
  );
}

/** Digests and bytes in hexadecimal are the same in capitals. */
function contains(text: string, folded: string, { text: needle }: Needle): boolean {
  return text.includes(needle) || (/^[0-9a-f]{12,}$/.test(needle) && folded.includes(needle));
}

interface Found {
  readonly text: string;
  readonly place: Path;
}

/** Keys and values; a text that is JSON itself is looked into as well. */
function* textsIn(value: unknown, place: Path): Generator<Found> {
  if (typeof value === "string") {
    yield { text: value, place };
    const inner = container(value);
    if (inner) yield* textsIn(inner, place);
  } else if (typeof value === "number") yield { text: String(value), place };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsIn(item, [...place, index]);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      yield { text: key, place: [...place, key] };
      yield* textsIn(inner, [...place, key]);
    }
}
