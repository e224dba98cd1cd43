/** Holds the classes of a provider, as programs use them, against the plugin's package schema. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import ts from "typescript";
import type { ProviderDefinition } from "../../providers/kit/resource.ts";
import { packageSchema } from "../../providers/kit/schema.ts";

interface PropertySpecs {
  readonly properties: Record<string, unknown>;
  readonly required?: readonly string[];
}
interface ResourceSpec extends PropertySpecs {
  readonly inputProperties: Record<string, unknown>;
  readonly requiredInputs: readonly string[];
}

/** Declares the tests. Each class and function has a file of its own in `folder`, named after it. */
export function describeClasses<Client>(provider: ProviderDefinition<Client>, folder: URL): void {
  const schema = packageSchema(provider) as unknown as {
    resources: Record<string, ResourceSpec>;
    functions: Record<string, { inputs: PropertySpecs; outputs: PropertySpecs }>;
  };
  const members = (name: string, declaration: string): Map<string, boolean> =>
    membersOf(new URL(fileOf(name), folder), declaration);

  describe(`classes of the ${provider.name} provider`, () => {
    for (const [token, spec] of Object.entries(schema.resources)) {
      const name = token.split(":")[2] ?? "";

      it(`${name}Args has the inputs of the schema`, () => {
        const args = members(name, `${name}Args`);
        assert.deepEqual(sorted(args.keys()), sorted(Object.keys(spec.inputProperties)));
        assert.deepEqual(required(args), sorted(spec.requiredInputs));
      });

      it(`${name} has the outputs of the schema`, () => {
        assert.deepEqual(sorted(members(name, name).keys()), sorted(Object.keys(spec.properties)));
      });
    }

    for (const [token, spec] of Object.entries(schema.functions)) {
      const name = token.split(":")[2] ?? "";
      const typeName = name.charAt(0).toUpperCase() + name.slice(1);

      it(`${name} has the arguments and results of the schema`, () => {
        const results = members(name, `${typeName}Result`);
        assert.deepEqual(sorted(members(name, `${typeName}Args`).keys()), sorted(Object.keys(spec.inputs.properties)));
        assert.deepEqual(sorted(results.keys()), sorted(Object.keys(spec.outputs.properties)));
        assert.deepEqual(required(results), sorted(spec.outputs.required ?? []));
      });
    }
  });
}

/** Members of an exported interface or class: name -> may be left out. Every argument must be documented. */
function membersOf(file: URL, declaration: string): Map<string, boolean> {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
  const found = source.statements.find(
    (statement) =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
      statement.name?.text === declaration,
  ) as ts.InterfaceDeclaration | ts.ClassDeclaration | undefined;
  assert.ok(found, `${file.pathname} declares ${declaration}`);
  const properties = [...found.members].filter(
    (member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member),
  );
  return new Map(
    properties.map((member) => {
      const name = member.name.getText(source);
      if (ts.isInterfaceDeclaration(found)) {
        assert.ok(ts.getJSDocCommentsAndTags(member).length > 0, `${declaration}.${name} is documented`);
      }
      const optional =
        member.questionToken !== undefined || member.type?.getText(source).includes("undefined") === true;
      return [name, optional];
    }),
  );
}

function sorted(names: Iterable<string>): string[] {
  return [...names].sort();
}

function required(members: Map<string, boolean>): string[] {
  return sorted([...members].filter(([, optional]) => !optional).map(([name]) => name));
}

function fileOf(name: string): string {
  return `${name.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.ts`;
}
