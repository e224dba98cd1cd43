/** The parameters of a request against the description of its operation. */
import type { Json } from "./document.ts";
import type { Match, Operation, Parameter } from "./operations.ts";
import type { Schemas, ValueCheck } from "./schemas.ts";

/** Gives what is wrong with the values in a request's path and query; unknown names in a query are wrong. */
export type ParameterCheck = (match: Match, query: URLSearchParams) => readonly string[];

/** The check for all operations of a document. */
export function parameterCheck(schemas: Schemas): ParameterCheck {
  const checks = new Map<string, ValueCheck>();
  const checkOf = (operation: Operation, position: "path" | "query"): ValueCheck => {
    const key = `${operation.route} ${position}`;
    const check = checks.get(key) ?? schemas.coercing(schemaOf(operation, position, schemas));
    checks.set(key, check);
    return check;
  };
  return ({ operation, pathValues }, query) => [
    ...checkOf(operation, "path")({ ...pathValues }).map((problem) => `path ${problem}`),
    ...checkOf(operation, "query")(queryValues(query, operation)).map((problem) => `query ${problem}`),
  ];
}

function schemaOf(operation: Operation, position: string, schemas: Schemas): Json {
  const parameters = operation.parameters.filter((parameter) => parameter.in === position);
  return {
    type: "object",
    properties: Object.fromEntries(
      parameters.map(({ name, schema }) => [name, schema ? schemas.reference(schema.place) : {}]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function queryValues(query: URLSearchParams, { parameters }: Operation): Record<string, unknown> {
  const described = (name: string): Parameter | undefined =>
    parameters.find((parameter) => parameter.in === "query" && parameter.name === name);
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, givenValue(query.getAll(name), described(name))]));
}

function givenValue(given: readonly string[], parameter: Parameter | undefined): unknown {
  const isList = parameter?.schema?.node["type"] === "array";
  if (!isList) return given.length === 1 ? given[0] : given;
  return parameter.explode ? given : given.flatMap((text) => text.split(","));
}
