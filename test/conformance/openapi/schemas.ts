/** The schemas of an OpenAPI document, as validators. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isObject, type Json, pointerOf } from "./document.ts";

const DOCUMENT = "description";
const COMPOSITIONS = ["$ref", "allOf", "anyOf", "oneOf", "not"];

/** Gives what is wrong with a value, each as `/place/of/it message`; of the whole value only the message. */
export type ValueCheck = (value: unknown) => readonly string[];

/** Makes checks from a document's schemas. */
export interface Schemas {
  /** The check of the schema at a place; a strict one also refuses fields that the schema does not name. */
  at(place: readonly string[], options?: { readonly strict?: boolean }): ValueCheck;
  /** A reference to the schema at a place, to use in a schema for `coercing`. */
  reference(place: readonly string[]): Json;
  /** The check of a schema of one's own, for values that came as text: "20" passes for a number. */
  coercing(schema: Json): ValueCheck;
}

/** Takes a document of OpenAPI 3.0 or 3.1, whose schemas it reads as JSON Schema 2020-12. */
export function schemasOf(document: Json): Schemas {
  const modern = modernSchemas(document) as Json;
  const exact = validator(modern, false);
  const coercing = validator(modern, "array");
  const checks = new Map<string, ValueCheck>();
  const reference = (place: readonly string[]): Json => ({ $ref: `${DOCUMENT}${pointerOf(place)}` });
  return {
    at(place, { strict = false } = {}) {
      const key = `${strict} ${pointerOf(place)}`;
      const known = checks.get(key);
      if (known) return known;
      const schema = { ...reference(place), ...(strict && { unevaluatedProperties: false }) };
      const check = problemsOf(exact.compile(schema));
      checks.set(key, check);
      return check;
    },
    reference,
    coercing: (schema) => problemsOf(coercing.compile(schema)),
  };
}

function validator(document: Json, coerceTypes: false | "array"): Ajv2020 {
  // Descriptions have keywords and formats that are not of JSON Schema; `strict` would refuse them.
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, logger: false, coerceTypes });
  addFormats.default(ajv);
  ajv.addSchema(document, DOCUMENT);
  return ajv;
}

/**
 * A copy in which the words of OpenAPI 3.0 that JSON Schema lacks are said in its own: `nullable`, also spelled
 * `x-nullable` as descriptions that come from Swagger 2.0 do, and limits that are exclusive by a boolean.
 */
function modernSchemas(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(modernSchemas);
  if (!isObject(node)) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([name, below]) => [name, modernSchemas(below)]),
  );
  for (const [exclusive, limit] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (copy[exclusive] === true) {
      copy[exclusive] = copy[limit];
      delete copy[limit];
    } else if (copy[exclusive] === false) delete copy[exclusive];
  }
  const isNullable = copy["nullable"] === true || copy["x-nullable"] === true;
  if (typeof copy["nullable"] === "boolean") delete copy["nullable"];
  return isNullable ? withNull(copy) : copy;
}

function withNull(schema: Json): Json {
  const { type, enum: values } = schema;
  const composed = COMPOSITIONS.some((keyword) => schema[keyword] !== undefined);
  if (typeof type !== "string" || composed) return { anyOf: [schema, { type: "null" }] };
  return { ...schema, type: [type, "null"], ...(Array.isArray(values) && { enum: [...new Set([...values, null])] }) };
}

function problemsOf(validate: ValidateFunction): ValueCheck {
  return (value) => {
    if (validate(value)) return [];
    const errors = validate.errors ?? [];
    // That no alternative fits, or several do, is the problem; what each of them misses is not.
    const choices = errors.filter(({ keyword }) => keyword === "oneOf" || keyword === "anyOf");
    const isDetail = (error: ErrorObject) =>
      choices.some((choice) => isBelow(error, choice) || (samePlace(error, choice) && !choices.includes(error)));
    return [...new Set(errors.filter((error) => !isDetail(error)).map(inWords))];
  };
}

function isBelow(error: ErrorObject, choice: ErrorObject): boolean {
  return error.instancePath.startsWith(`${choice.instancePath}/`);
}

function samePlace(error: ErrorObject, choice: ErrorObject): boolean {
  return error.instancePath === choice.instancePath;
}

/** Positions in arrays are left out: the same fault in each item is one fault. */
function inWords(error: ErrorObject): string {
  const { instancePath, params } = error;
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, "/*");
  const unknown: unknown = params["additionalProperty"] ?? params["unevaluatedProperty"];
  return unknown === undefined ? `${place} ${faultOf(error)}`.trim() : `${place}/${unknown} is not described`;
}

function faultOf({ keyword, message = "is wrong", params, schema }: ErrorObject): string {
  const fitting: unknown = keyword === "oneOf" ? params["passingSchemas"] : undefined;
  if (Array.isArray(fitting)) return `fits several alternatives: ${namesOf(schema, fitting).join(", ")}`;
  return keyword === "oneOf" || keyword === "anyOf" ? "fits no alternative" : message;
}

/** Alternatives are known by their title, else by the schema that they refer to, else by their position. */
function namesOf(alternatives: unknown, indexes: readonly number[]): string[] {
  const list = Array.isArray(alternatives) ? alternatives : [];
  return indexes.map((index) => {
    const alternative: unknown = list[index];
    if (!isObject(alternative)) return String(index);
    return String(alternative["title"] ?? alternative["$ref"] ?? index).replace(/^.*\//, "");
  });
}
