/** An OpenAPI document as plain JSON, and the way through its references. */

/** Any JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** A part of a document, and where it stands. */
export interface Located {
  readonly node: Json;
  /** The names that lead to it from the document's root. */
  readonly place: readonly string[];
}

/** The part at a place, references followed; undefined when nothing stands there. */
export function locate(document: Json, place: readonly string[]): Located | undefined {
  let found: Located = { node: document, place: [] };
  for (const name of place) {
    const below = found.node[name];
    if (!isObject(below)) return undefined;
    const next = follow(document, { node: below, place: [...found.place, name] });
    if (!next) return undefined;
    found = next;
  }
  return found;
}

function follow(document: Json, located: Located): Located | undefined {
  const reference = located.node["$ref"];
  return typeof reference === "string" ? locate(document, parsePointer(reference)) : located;
}

/** The JSON pointer of a place, as the fragment of a URI. */
export function pointerOf(place: readonly string[]): string {
  const parts = place.map((name) => encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1")));
  return `#${parts.map((part) => `/${part}`).join("")}`;
}

function parsePointer(pointer: string): string[] {
  if (!pointer.startsWith("#/"))
    throw new Error(`"${pointer}" leads out of the document; only parts of it can be used`);
  const parts = pointer.slice(2).split("/");
  return parts.map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Whether a JSON value is an object or an array. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
