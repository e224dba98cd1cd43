/** What a resource is called in a message. */
import type { Subject } from "./rule.ts";

/** E.g. `WebService site`: the last word of its type, and its name in the program. */
export function labelOf({ type, name }: Pick<Subject, "type" | "name">): string {
  return `${type.split(":").at(-1)} ${name}`;
}
