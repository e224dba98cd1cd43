/** Declarations that the files of a package are made of: documented interfaces. */
import type { ObjectSpec, PropertySpec, TypeSpecs } from "../kit/package-spec.ts";
import { isRequired, lifted, type Side, tsType } from "./ts-type.ts";

const WIDTH = 116;

/** A comment over a declaration, in one line where it fits. */
export function docComment(text: string, indent = ""): string {
  if (indent.length + text.length <= WIDTH - 7) return `${indent}/** ${text} */\n`;
  const lines = wrapped(text, WIDTH - indent.length - 3).map((line) => `${indent} * ${line}\n`);
  return `${indent}/**\n${lines.join("")}${indent} */\n`;
}

/** What stands over an input: its description, its default, and what a change of it does. `kind`: "web service". */
export function inputDoc({ description, default: value, willReplaceOnChanges }: PropertySpec, kind: string): string {
  return [
    description,
    ...(value === undefined || value === "" ? [] : [`Default \`${value}\`.`]),
    ...(willReplaceOnChanges && !description.includes("replaces") ? [`A change replaces the ${kind}.`] : []),
  ].join(" ");
}

/** An exported interface with a documented member for each property. `uses` collects the named types. */
export function interfaceOf(
  name: string,
  doc: string,
  owner: ObjectSpec,
  side: Side,
  types: TypeSpecs,
  uses: Set<string>,
  kind = "resource",
): string {
  const members = Object.entries(owner.properties).map(([property, spec]) => {
    const optional = isRequired(property, spec, owner, side) ? "" : "?";
    const comment = docComment(side === "output" ? spec.description : inputDoc(spec, kind), "  ");
    const readonly = side === "output" ? "readonly " : "";
    return `${comment}  ${readonly}${property}${optional}: ${lifted(tsType(spec, side, types, uses), side)};\n`;
  });
  return `${docComment(doc)}export interface ${name} {\n${members.join("")}}\n`;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
