/** docs/configuration.md: every key of a stack's file, from the schema that checks it. */
import { z } from "zod";
import { configurationSchema } from "../../infra/config-schema.ts";
import { partTokens } from "../../infra/parts.ts";
import type { FieldNotes } from "../../lib/configuration-fields.ts";
import { prefaces } from "./configuration-prefaces.ts";

/** What stands in a row of the page. */
interface Row {
  readonly key: string;
  readonly what: string;
  readonly standard: string;
}

/** A setting without what wraps it. */
interface Setting {
  readonly schema: z.ZodType;
  readonly standard: unknown;
  readonly isOptional: boolean;
  /** Whether `off` leaves it out. */
  readonly canBeOff: boolean;
}

/** The one key that the program completes before the schema sees it. */
const STACK_NAMED = "environment";

const HEAD = `# Configuration

<!-- Made by \`npm run docs\` from infra/config-schema.ts. Edit that, or cli/docs. -->

What may stand below \`config:\` in \`Pulumi.<stack>.yaml\`. \`npx --no delivery init\` writes such a file by asking;
[Pulumi.prod.yaml](../Pulumi.prod.yaml) is an example. One key is set by
\`npm run pulumi -- config set --path 'delivery:site.plan' starter --plaintext\`, a secret one by \`npm run pulumi -- config set --secret --path 'delivery:image.password'\`.

Everything is checked before the first call to any service, and every problem is reported at once, each with the command that fixes it. A
key that is not known is refused, and so is a text without quotes that would be read as another value, such as \`0755\`, \`1_000\`, \`1.10\` or
\`2024-01-31\`: write it in quotes. A part that says \`off\` can be left out: \`npm run pulumi -- config set delivery:errors off\`.
`;

/** The page. */
export function configurationPage(): string {
  const parts = Object.entries(configurationSchema.shape).map(([name, schema]) => ({
    name,
    setting: unwrapped(schema),
  }));
  const single = parts.filter(({ setting }) => !(setting.schema instanceof z.ZodObject));
  const maps = parts.filter(({ setting }) => setting.schema instanceof z.ZodObject);
  return [
    HEAD,
    section(
      "delivery",
      single.map(({ name, setting }) => row(name, setting)),
    ),
    ...maps.map(({ name, setting }) => section(`delivery:${name}`, rowsOf(setting.schema, ""), setting.canBeOff)),
    owner(),
    environment(),
  ].join("\n");
}

function unwrapped(schema: z.ZodType): Setting {
  const { def } = schema as { def: { innerType?: z.ZodType; options?: z.ZodType[]; defaultValue?: unknown } };
  if (schema instanceof z.ZodUnion) return { ...unwrapped(def.options?.at(-1) as z.ZodType), canBeOff: true };
  if (!def.innerType) return { schema, standard: undefined, isOptional: false, canBeOff: false };
  const inner = unwrapped(def.innerType);
  if (schema instanceof z.ZodDefault) return { ...inner, standard: def.defaultValue };
  return schema instanceof z.ZodOptional ? { ...inner, isOptional: true } : inner;
}

function rowsOf(schema: z.ZodType, prefix: string): Row[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const setting = unwrapped(field as z.ZodType);
    const key = `${prefix}${name}`;
    if (setting.schema instanceof z.ZodObject && !setting.isOptional) {
      const off = { key, what: "`off`, or a map with the keys below", standard: "all defaults" };
      return [...(setting.canBeOff ? [off] : []), ...rowsOf(setting.schema, `${key}.`)];
    }
    return [row(key, setting)];
  });
}

function row(key: string, { schema, standard, isOptional, canBeOff }: Setting): Row {
  const isEmpty = typeof standard === "object" && Object.keys(standard as object).length === 0;
  if (key === STACK_NAMED) return { key, what: meaning(schema), standard: "the stack's name" };
  const shown = standard === undefined ? (isOptional ? "" : "**required**") : `\`${JSON.stringify(standard)}\``;
  return {
    key,
    what: `${canBeOff ? "`off`, or " : ""}${meaning(schema)}`,
    standard: isEmpty || standard === "" ? "none" : shown,
  };
}

function meaning(schema: z.ZodType): string {
  const notes = schema.meta() as FieldNotes | undefined;
  if (schema instanceof z.ZodEnum)
    return `${notes?.description}: ${schema.options.map((word) => `\`${word}\``).join(", ")}`;
  if (notes) return `${notes.description}${notes.secret ? "; secret" : example(notes)}`;
  if (schema instanceof z.ZodArray)
    return `a list; each item ${meaning(unwrapped(schema.def.element as z.ZodType).schema)}`;
  if (schema instanceof z.ZodRecord) {
    const value = unwrapped(schema.def.valueType as z.ZodType);
    return `a map of names; each value ${value.canBeOff ? "`off`, or " : ""}${meaning(value.schema)}`;
  }
  if (schema instanceof z.ZodObject) return `a map: ${keysOf(schema)}`;
  throw new Error("A field of the configuration has no description.");
}

/** The keys of a map inside a list or a map, in one line. */
function keysOf(schema: z.ZodObject): string {
  const entries = Object.entries(schema.shape) as [string, z.ZodType][];
  return entries.map(([name, field]) => `\`${name}\` (${meaning(unwrapped(field).schema)})`).join(", ");
}

function example({ example: shown }: FieldNotes): string {
  return shown === undefined || shown === "true" || /^\d$/.test(shown) ? "" : `, e.g. \`${shown.replaceAll("'", "")}\``;
}

function section(title: string, rows: readonly Row[], canBeOff = false): string {
  const lines = rows.map(({ key, what, standard }) => `| \`${key}\` | ${what.replaceAll("|", "\\|")} | ${standard} |`);
  const preface = [prefaces[title], canBeOff ? "May be `off`." : ""].filter(Boolean).join(" ");
  const table = ["| key | what it is | default |", "| --- | --- | --- |", ...lines].join("\n");
  return `## ${title}\n\n${preface}${preface && "\n\n"}${table}\n`;
}

function owner(): string {
  const what = "who owns the repository; the environment's `GITHUB_OWNER` does as well";
  return section("github", [{ key: "github:owner", what, standard: "**required** unless `repository` is off" }]);
}

function environment(): string {
  const lines = Object.entries(partTokens()).map(
    ([part, token]) => `| \`${token}\` | needed unless \`${part}\` is off |`,
  );
  return `## Environment\n\n${prefaces["environment"]}\n\n| variable | |\n| --- | --- |\n${lines.join("\n")}\n`;
}
