/**
 * What is read of an answer. A reader takes what it uses and tolerates the rest: services leave fields out, answer null
 * for an empty list, and learn new values, whatever their descriptions say.
 */
import { z } from "zod";
import { formatPath, type Path } from "./path.ts";
import { nameOf, type RequestName } from "./request-name.ts";

/** A field that may be absent; null counts as absent. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => value ?? undefined, schema.optional());
}

/** A field with this value where it is absent; null counts as absent. */
export function otherwise<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>) {
  return z.preprocess((given) => given ?? value, schema);
}

/** A list that may be absent; absent and null count as empty. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => value ?? [], z.array(item));
}

/** A text of which some values are known. Any other passes as it is: services add values without a new version. */
export function openEnum<Known extends string>(..._known: readonly Known[]): z.ZodType<Known | (string & {}), string> {
  return z.string();
}

/** The service did something and said so, and what it said cannot be read. */
export class UnreadableAnswerError extends Error {
  override readonly name = "UnreadableAnswerError";
  readonly request: RequestName;
  /** Where in the answer: `[3].environment.id`; empty for the answer as a whole. */
  readonly field: string;

  /**
   * @param came the type of what was answered, never a value: "null".
   * @param needed what has to be there: "a string".
   */
  constructor(request: RequestName, field: string, came: string, needed: string) {
    const { service } = request;
    super(
      field === ""
        ? `${nameOf(request)} answered ${came} where ${needed} is needed. Run the same command again; if that does ` +
            `not help, look at what stands between here and ${service}: a proxy, a maintenance page, another base URL`
        : `${nameOf(request)} answered ${came} for ${field}, which has to be ${needed}. ` +
            "Look whether a newer version of delivery exists",
    );
    this.request = request;
    this.field = field;
  }
}

/**
 * The JSON body of a success; undefined when there is none. An empty 200 is not an answer: a service that has nothing
 * to say says so with another status (202, 204). Nor is anything empty one to a GET: an empty list is sent as a list.
 * @throws UnreadableAnswerError for what no API answers: a page of HTML, JSON that is cut off.
 */
export function successBody({ status, text }: { status: number; text: string }, request: RequestName): unknown {
  const trimmed = text.trim();
  if (trimmed === "" && status !== 200 && request.method !== "GET") return undefined;
  try {
    return JSON.parse(trimmed);
  } catch {
    throw new UnreadableAnswerError(request, "", kindOfText(trimmed), "JSON");
  }
}

/**
 * What a schema takes from an answer.
 * @throws UnreadableAnswerError naming the first field that is needed and missing, or of the wrong type.
 */
export function readAnswer<Answer>(schema: z.ZodType<Answer>, body: unknown, request: RequestName): Answer {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []) as Path;
  throw new UnreadableAnswerError(request, formatPath(path), typeAt(body, path), needed(issue));
}

function kindOfText(text: string): string {
  if (text === "") return "nothing";
  if (text.startsWith("<")) return "an HTML page";
  return /^[[{"]/.test(text) ? "JSON that is cut off" : "text that is not JSON";
}

function typeAt(body: unknown, path: Path): string {
  let value = body;
  for (const part of path) value = (value as Record<string, unknown> | undefined)?.[part];
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : withArticle(typeof value);
}

function needed(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_type" && issue.expected !== "nonoptional")
    return issue.expected === "array" ? "a list" : withArticle(issue.expected);
  if (issue?.code === "invalid_value") return `one of ${issue.values.map(String).join(", ")}`;
  if (issue?.code === "invalid_format") return `a text of the form ${issue.format}`;
  return "something else";
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
