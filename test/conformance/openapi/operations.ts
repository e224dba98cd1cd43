/** The operations of an OpenAPI document, found by method and path. */
import { isObject, type Json, type Located, locate } from "./document.ts";

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  /** Whether an array is given as repeated parameters, and not as one with commas. */
  readonly explode: boolean;
  /** What its value looks like in a path, as a regular expression. */
  readonly pattern: string;
  readonly schema: Located | undefined;
}

/** One method of one path. */
export interface Operation {
  /** `GET /things/{id}`. */
  readonly route: string;
  readonly method: string;
  readonly template: string;
  readonly place: readonly string[];
  readonly parameters: readonly Parameter[];
}

/** An operation and the values of its path's parameters. */
export interface Match {
  readonly operation: Operation;
  readonly pathValues: Readonly<Record<string, string>>;
}

const ONE_PART = "[^/]+";
const METHODS = ["get", "put", "post", "patch", "delete", "head", "options"];

/** Prepares a document's operations; the result finds the one that a request means. */
export function operationFinder(document: Json): (method: string, path: string) => Match | undefined {
  const operations = Object.keys(document["paths"] as Json)
    .flatMap((template) => operationsAt(document, template))
    .sort((one, other) => literalLength(other) - literalLength(one))
    .map((operation) => ({ operation, ...pathPattern(operation.template, operation.parameters) }));
  return (method, path) => {
    for (const { operation, pattern, names } of operations) {
      const values = operation.method === method ? pattern.exec(path)?.slice(1) : undefined;
      if (!values) continue;
      const pathValues = values.map((value, index) => [names[index] ?? "", decodeURIComponent(value)]);
      return { operation, pathValues: Object.fromEntries(pathValues) };
    }
    return undefined;
  };
}

function operationsAt(document: Json, template: string): Operation[] {
  const item = locate(document, ["paths", template]);
  if (!item) return [];
  return METHODS.filter((name) => isObject(item.node[name])).map((name) => {
    const method = name.toUpperCase();
    const place = [...item.place, name];
    // A parameter of the operation itself goes before one of the path with the same name.
    const parameters = [...parametersAt(document, item.place), ...parametersAt(document, place)];
    const byName = new Map(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]));
    return { route: `${method} ${template}`, method, template, place, parameters: [...byName.values()] };
  });
}

/** Of two paths that fit, the one with more text of its own is meant. */
function literalLength({ template }: Operation): number {
  return template.replace(/\{[^}]+\}/g, "").length;
}

function parametersAt(document: Json, place: readonly string[]): Parameter[] {
  const list = locate(document, [...place, "parameters"]);
  return Object.keys(list?.node ?? {}).flatMap((index) => {
    const found = locate(document, [...place, "parameters", index]);
    if (!found) return [];
    const { node } = found;
    return {
      name: String(node["name"]),
      in: String(node["in"]),
      required: node["required"] === true,
      explode: node["explode"] !== false,
      pattern: patternOf(node),
      schema: locate(document, [...found.place, "schema"]),
    };
  });
}

/** GitHub marks values with any number of parts in its own way; CircleCI marks slugs, which have three or are escaped. */
function patternOf(node: Json): string {
  if (node["x-multi-segment"] === true) return ".+";
  return node["allowReserved"] === true ? `${ONE_PART}/${ONE_PART}/${ONE_PART}|${ONE_PART}` : ONE_PART;
}

function pathPattern(template: string, parameters: readonly Parameter[]): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const parts = template.split(/(\{[^}]+\})/).map((part) => {
    if (!part.startsWith("{")) return part.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    const name = part.slice(1, -1);
    names.push(name);
    const parameter = parameters.find((known) => known.in === "path" && known.name === name);
    return `(${parameter?.pattern ?? ONE_PART})`;
  });
  return { pattern: new RegExp(`^${parts.join("")}$`), names };
}
