/** Variants of an answer: each field dropped, null, or of another value, and a field more. */

/** A place in an answer, and the answer with something else there. */
export interface Variant {
  /** The place as a table names it: `[].service.id`. */
  readonly field: string;
  /** The place as a message names it: `[0].service.id`. */
  readonly path: string;
  readonly body: unknown;
}

type Edit = (holder: Record<string, unknown>, name: string) => Record<string, unknown>;

/** The answer without each of its fields in turn; of a list the first item stands for all. */
export function without(body: unknown): Variant[] {
  return [...edited(body, (holder, name) => omit(holder, name))];
}

/** The answer with null for each of its fields in turn. */
export function withNull(body: unknown): Variant[] {
  return [...edited(body, (holder, name) => ({ ...holder, [name]: null }))];
}

/** The answer with a value that nobody knows for each of its texts in turn. */
export function withNewValue(body: unknown): Variant[] {
  const change: Edit = (holder, name) =>
    typeof holder[name] === "string" ? { ...holder, [name]: "a value of next year" } : holder;
  return [...edited(body, change)];
}

/** The answer with a field more beside each of its fields. */
export function withMore(body: unknown): Variant[] {
  return [...edited(body, (holder) => ({ ...holder, addedNextYear: { deep: [1] } }))];
}

function* edited(
  body: unknown,
  edit: Edit,
  field = "",
  path = "",
  around: (part: unknown) => unknown = (part) => part,
): Generator<Variant> {
  if (Array.isArray(body)) {
    const [first, ...others] = body;
    yield* edited(first, edit, `${field}[]`, `${path}[0]`, (item) => around([item, ...others]));
  } else if (typeof body === "object" && body !== null) {
    const holder = body as Record<string, unknown>;
    for (const [name, value] of Object.entries(holder)) {
      const join = (text: string): string => (text === "" ? name : `${text}.${name}`);
      yield { field: join(field), path: join(path), body: around(edit(holder, name)) };
      yield* edited(value, edit, join(field), join(path), (part) => around({ ...holder, [name]: part }));
    }
  }
}

function omit(holder: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = holder;
  return rest;
}
