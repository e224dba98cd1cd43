/** Text that may be JSON. */

/** What the text says as JSON; undefined when it is not JSON. What comes of it is judged by a schema. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
