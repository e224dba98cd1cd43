/** The file of a package's named types. */
import { nameOf, type TypeSpecs } from "../kit/package-spec.ts";
import { docComment, interfaceOf } from "./declarations.ts";
import { header } from "./source-file.ts";
import { typeName } from "./ts-type.ts";

/** TypeScript source of the named types; undefined when there are none. */
export function typesFile(types: TypeSpecs): string | undefined {
  const declarations = Object.entries(types).flatMap(([token, type]) => {
    if ("enum" in type) {
      const values = type.enum.map(({ value }) => JSON.stringify(value)).join(" | ");
      return [`${docComment(`What ${nameOf(token)} can be.`)}export type ${nameOf(token)} = ${values};\n`];
    }
    const doc = type.description ?? "A part of a resource.";
    return [
      interfaceOf(typeName(token, "input"), doc, type, "input", types, new Set()),
      interfaceOf(
        typeName(token, "output"),
        `As the service has it: ${doc.charAt(0).toLowerCase()}${doc.slice(1)}`,
        type,
        "output",
        types,
        new Set(),
      ),
    ];
  });
  if (declarations.length === 0) return undefined;
  const body = declarations.join("\n");
  const pulumi = body.includes("pulumi.") ? 'import type * as pulumi from "@pulumi/pulumi";\n\n' : "";
  return `${header("Types of the resources' properties")}${pulumi}${body}`;
}
