/**
 * Holds answers of emulated services against the vendors' OpenAPI descriptions. They are not part of this
 * repository: where OPENAPI_DIR does not name their folder, nothing is checked.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

type Json = Record<string, unknown>;

/** What was asked and answered. */
export interface Exchange {
  readonly method: string;
  /** As in the description: without the service's prefix and without a query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Gives what is wrong with an answer; nothing when the description does not tell of it. */
export type DescriptionCheck = (exchange: Exchange) => string[];

/** Answers that the real service gives otherwise than it describes: here sentences where objects are described. */
const INEXACT = ["POST /repos/{owner}/{repo}/rulesets 422", "PUT /repos/{owner}/{repo}/rulesets/{ruleset_id} 422"];

const checks = new Map<string, DescriptionCheck>();

/** The check of one service: "github", "sentry", "circleci" or "render". */
export function descriptionCheck(service: string): DescriptionCheck {
  const known = checks.get(service);
  if (known) return known;
  const folder = process.env["OPENAPI_DIR"];
  const file = folder ? join(folder, `${service}.json`) : "";
  const check = file !== "" && existsSync(file) ? checkAgainst(JSON.parse(readFileSync(file, "utf8"))) : () => [];
  checks.set(service, check);
  return check;
}

/** A check against a parsed description, which is adapted in place. */
export function checkAgainst(description: Json): DescriptionCheck {
  adaptKeywords(description);
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
  ajv.addSchema(description, "description");
  const routes = Object.entries(description["paths"] as Record<string, Json>)
    .map(([template, operations]) => ({ template, operations, pattern: pathPattern(template) }))
    .sort((a, b) => specificity(b.template) - specificity(a.template));
  return ({ method, path, status, body }) => {
    const verb = method.toLowerCase();
    const route = routes.find(({ pattern, operations }) => operations[verb] && pattern.test(path));
    if (!route || body === undefined || INEXACT.includes(`${method} ${route.template} ${status}`)) return [];
    const pointer = schemaPointer(description, ["paths", route.template, verb, "responses", String(status)]);
    if (!pointer) return [];
    const validate = ajv.getSchema(`description#${pointer}`);
    if (!validate || validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${method} ${route.template} ${status}: ${instancePath} ${message}`,
    );
  };
}

/** JSON pointer to the JSON schema of a response, through a reference if there is one. */
function schemaPointer(description: Json, path: readonly string[]): string | undefined {
  const response = valueAt(description, path);
  const reference = response?.["$ref"];
  const target =
    typeof reference === "string"
      ? reference
          .slice(2)
          .split("/")
          .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
      : path;
  const full = [...target, "content", "application/json", "schema"];
  if (!valueAt(description, full)) return undefined;
  return full.map((part) => `/${encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");
}

function valueAt(description: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((node, part) => node?.[part] as Json | undefined, description);
}

/** A path parameter takes one segment; `path`, `ref` and `branch` take several. */
function pathPattern(template: string): RegExp {
  const parts = template.split(/(\{[^}]+\})/).map((part) => {
    if (/^\{(path|ref|branch)\}$/.test(part)) return ".+";
    return part.startsWith("{") ? "[^/]+" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

function specificity(template: string): number {
  return template.replace(/\{[^}]+\}/g, "").length;
}

/** OpenAPI 3.0's `nullable` in the terms of JSON Schema; alternatives may overlap, as the descriptions' do. */
function adaptKeywords(node: unknown): void {
  if (node === null || typeof node !== "object") return;
  for (const below of Object.values(node)) adaptKeywords(below);
  const schema = node as Json;
  if (Array.isArray(schema["oneOf"])) {
    schema["anyOf"] = schema["oneOf"];
    delete schema["oneOf"];
  }
  if (schema["nullable"] !== true) return;
  delete schema["nullable"];
  const plain = { ...schema };
  for (const key of Object.keys(schema)) delete schema[key];
  schema["anyOf"] = [plain, { type: "null" }];
}
