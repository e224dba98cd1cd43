import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import ts from "typescript";
import { packageSchema } from "../../providers/kit/schema.ts";
import { renderProvider } from "../../providers/render/plugin/provider.ts";

interface PropertySpecs {
  readonly properties: Record<string, unknown>;
  readonly required?: readonly string[];
}
interface ResourceSpec extends PropertySpecs {
  readonly inputProperties: Record<string, unknown>;
  readonly requiredInputs: readonly string[];
}
const schema = packageSchema(renderProvider) as unknown as {
  resources: Record<string, ResourceSpec>;
  functions: Record<string, { inputs: PropertySpecs; outputs: PropertySpecs }>;
};

/** Members of an exported interface or class: name -> may be left out. Every argument must be documented. */
function membersOf(file: string, declaration: string): Map<string, boolean> {
  const url = new URL(`../../providers/render/${file}`, import.meta.url);
  const source = ts.createSourceFile(file, readFileSync(url, "utf8"), ts.ScriptTarget.ESNext, true);
  const found = source.statements.find(
    (statement) =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
      statement.name?.text === declaration,
  ) as ts.InterfaceDeclaration | ts.ClassDeclaration | undefined;
  assert.ok(found, `${file} declares ${declaration}`);
  const members = [...found.members].filter(
    (member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member),
  );
  return new Map(
    members.map((member) => {
      const name = member.name.getText(source);
      if (ts.isInterfaceDeclaration(found)) {
        assert.ok(ts.getJSDocCommentsAndTags(member).length > 0, `${declaration}.${name} is documented`);
      }
      return [
        name,
        member.questionToken !== undefined || (member.type?.getText(source).includes("undefined") ?? false),
      ];
    }),
  );
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();
const fileOf = (name: string): string => `${name.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.ts`;
const required = (members: Map<string, boolean>): string[] =>
  sorted([...members].filter(([, optional]) => !optional).map(([name]) => name));

describe("classes of the Render provider", () => {
  for (const [token, spec] of Object.entries(schema.resources)) {
    const name = token.split(":")[2] ?? "";

    it(`${name}Args has the inputs of the schema`, () => {
      const members = membersOf(fileOf(name), `${name}Args`);
      assert.deepEqual(sorted(members.keys()), sorted(Object.keys(spec.inputProperties)));
      assert.deepEqual(required(members), sorted(spec.requiredInputs));
    });

    it(`${name} has the outputs of the schema`, () => {
      const members = membersOf(fileOf(name), name);
      assert.deepEqual(sorted(members.keys()), sorted(Object.keys(spec.properties)));
    });
  }

  for (const [token, spec] of Object.entries(schema.functions)) {
    const name = token.split(":")[2] ?? "";
    const typeName = name.charAt(0).toUpperCase() + name.slice(1);

    it(`${name} has the arguments and results of the schema`, () => {
      const args = membersOf(fileOf(name), `${typeName}Args`);
      const results = membersOf(fileOf(name), `${typeName}Result`);
      assert.deepEqual(sorted(args.keys()), sorted(Object.keys(spec.inputs.properties)));
      assert.deepEqual(sorted(results.keys()), sorted(Object.keys(spec.outputs.properties)));
      assert.deepEqual(required(results), sorted(spec.outputs.required ?? []));
    });
  }
});
