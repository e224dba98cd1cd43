/** From answers to the settings of a stack's file. */
import { OFF, OPTIONAL_PARTS, OWNER } from "./questions.ts";

interface Tree {
  [name: string]: unknown;
}

/** The settings by full key, in the order in which they read well. Parts that are left out are `off`. */
export function settingsOf(values: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const off = (values.get(OFF) ?? []) as readonly string[];
  const tree: Tree = Object.fromEntries(OPTIONAL_PARTS.map((part) => [part, off.includes(part) ? "off" : {}]));
  for (const [key, value] of values)
    if (key !== OFF && key !== OWNER && value !== "") assign(tree, key.split("."), value);
  const order = ["application", "environment", "production", "repository", "pipeline", "image", "errors", "site"];
  const names = [...order.filter((name) => name in tree), ...Object.keys(tree).filter((name) => !order.includes(name))];
  const owner = values.get(OWNER);
  return new Map([
    ...(owner === undefined ? [] : [[OWNER, owner] as const]),
    ...names.map((name) => [`delivery:${name}`, tree[name]] as const),
  ]);
}

function assign(tree: Tree, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const inner = tree[name];
  const below: Tree = typeof inner === "object" && inner !== null ? (inner as Tree) : {};
  tree[name] = below;
  assign(below, rest, value);
}
