/** What a JSON value is made of, and what of it the recorded answers of the real service exclude. */

/** How often each type of value was seen at each place of the answers: `serviceDetails.openPorts[].port`, `.` for the whole. */
export type RecordedShape = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The whole answer's place. */
const ROOT = ".";

/**
 * Differences of a value from what was recorded: fields that never came, types that never came (null, an empty array
 * and an empty text are types of their own), and fields that were never absent. Each is told once.
 */
export function differences(value: unknown, recorded: RecordedShape): string[] {
  const found = new Set<string>();
  compare(value, ROOT, recorded, found);
  return [...found];
}

function compare(value: unknown, place: string, recorded: RecordedShape, found: Set<string>): void {
  const known = recorded[place];
  if (!known) {
    found.add(`${place} is not recorded`);
    return;
  }
  const type = typeOf(value);
  if (!known[type]) found.add(`${place} is ${type}, recorded ${Object.keys(known).sort().join(" or ")}`);
  if (Array.isArray(value)) {
    for (const item of value) compare(item, below(place, "[]"), recorded, found);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) compare(part, below(place, name), recorded, found);
    for (const name of alwaysThere(place, recorded)) {
      if (!Object.hasOwn(value, name)) found.add(`${below(place, name)} is absent, recorded always`);
    }
  }
}

/** The fields that came as often as the object that has them. */
function alwaysThere(place: string, recorded: RecordedShape): string[] {
  const objects = recorded[place]?.["object"] ?? 0;
  const start = place === ROOT ? "" : `${place}.`;
  return Object.entries(recorded).flatMap(([field, types]) => {
    const name = field.slice(start.length);
    if (field === ROOT || !field.startsWith(start) || name === "" || /[.[]/.test(name)) return [];
    return Object.values(types).reduce((sum, count) => sum + count, 0) >= objects ? [name] : [];
  });
}

function below(place: string, name: string): string {
  if (place === ROOT) return name;
  return name === "[]" ? `${place}[]` : `${place}.${name}`;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (value === "") return "empty string";
  if (Array.isArray(value)) return value.length === 0 ? "empty array" : "array";
  return typeof value;
}
