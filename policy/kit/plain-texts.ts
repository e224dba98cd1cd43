/** The texts of a property tree that are not secret. */
import { isTree, type PropertyTree } from "../../providers/kit/values.ts";

/** A text, and where it stands. */
export interface PlainText {
  /** E.g. `environmentVariables.DEBUG`, `tags[0]`. */
  readonly path: string;
  /** What names it: its key, the list's for an item, and the `name` beside a `value`. */
  readonly name: string;
  readonly text: string;
}

/** Every text in the tree, whatever is inside a secret left out. */
export function plainTexts(tree: PropertyTree): readonly PlainText[] {
  return textsIn(tree, "", "");
}

function textsIn(value: unknown, path: string, name: string): readonly PlainText[] {
  if (typeof value === "string") return [{ path, name, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, at) => textsIn(item, `${path}[${at}]`, name));
  if (!isTree(value)) return [];
  const named = value["name"];
  return Object.entries(value).flatMap(([key, child]) => {
    const below = path === "" ? key : `${path}.${key}`;
    return textsIn(child, below, key === "value" && typeof named === "string" ? named : key);
  });
}
