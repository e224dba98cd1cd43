/** One HTTP call against an OpenAPI document: request and response. */
import { isObject, type Json, locate } from "./document.ts";
import { type Operation, operationFinder } from "./operations.ts";
import { parameterCheck } from "./parameters.ts";
import { type Schemas, schemasOf } from "./schemas.ts";

/** A call as it went over the wire. */
export interface HttpCall {
  readonly method: string;
  /** Below the document's server address, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestBody: Payload;
  readonly status: number;
  readonly responseBody: Payload;
}

/** A body: JSON as its value, null for none. */
export interface Payload {
  readonly contentType: string | undefined;
  readonly value: unknown;
}

/** What came of a check. */
export interface Finding {
  /** The operation, `GET /things/{id}`; undefined when the document knows none such. */
  readonly route: string | undefined;
  /** What differs from the description, each starting with its place: `response 200 /id must be integer`. */
  readonly problems: readonly string[];
}

const REFUSED_AS_INVALID = [400, 422];

/** Prepares a document for checking calls against it. */
export function callCheck(document: Json): (call: HttpCall) => Finding {
  const findOperation = operationFinder(document);
  const schemas = schemasOf(document);
  const checkParameters = parameterCheck(schemas);
  const check = { document, schemas };
  return (call) => {
    const match = findOperation(call.method, call.path);
    if (!match) return { route: undefined, problems: ["not described"] };
    const ofRequest = [
      ...checkParameters(match, call.query),
      ...checkRequestBody(check, match.operation, call.requestBody),
    ];
    const ofResponse = checkResponse(check, match.operation, call);
    // A request that was refused as invalid may be invalid.
    const problems = REFUSED_AS_INVALID.includes(call.status) ? ofResponse : [...ofRequest, ...ofResponse];
    return { route: match.operation.route, problems };
  };
}

interface Check {
  readonly document: Json;
  readonly schemas: Schemas;
}

function checkRequestBody({ document, schemas }: Check, operation: Operation, body: Payload): string[] {
  const described = locate(document, [...operation.place, "requestBody"]);
  if (body.value === null) return described?.node["required"] === true ? ["request body is missing"] : [];
  if (!described) return ["request body is not described"];
  const media = mediaType(document, described.place, body);
  if (!media) return [`request body is ${body.contentType}, which is not described`];
  const check = schemas.at(media, { strict: true });
  return check(body.value).map((problem) => `request body ${problem}`);
}

function checkResponse({ document, schemas }: Check, operation: Operation, call: HttpCall): string[] {
  const part = `response ${call.status}`;
  const responses = [...operation.place, "responses"];
  const described =
    locate(document, [...responses, String(call.status)]) ?? locate(document, [...responses, "default"]);
  if (!described) return [`${part} is not described`];
  const content = locate(document, [...described.place, "content"]);
  const { value, contentType } = call.responseBody;
  if (!content || Object.keys(content.node).length === 0) {
    // Descriptions leave the bodies of refusals out; a body of a success is another matter.
    return value === null || call.status >= 400 ? [] : [`${part} has a body, none is described`];
  }
  if (value === null) return [`${part} has no body`];
  const media = mediaType(document, described.place, call.responseBody);
  if (!media) return [`${part} is ${contentType}, which is not described`];
  return schemas
    .at(media)(value)
    .map((problem) => `${part} ${problem}`);
}

/** The place of the schema for a body's media type. */
function mediaType(document: Json, place: readonly string[], body: Payload): readonly string[] | undefined {
  const type = body.contentType?.split(";")[0]?.trim() ?? "";
  const schema = [...place, "content", type, "schema"];
  return isObject(locate(document, schema)?.node) ? schema : undefined;
}
