/** The file of a function: its arguments, its result, and the two ways to call it. */
import { type FunctionSpec, nameOf, type TypeSpecs } from "../kit/package-spec.ts";
import { docComment, interfaceOf } from "./declarations.ts";
import { sourceFile } from "./source-file.ts";

/** TypeScript source of a function: `render:index:getOwner` -> getOwner and getOwnerOutput. */
export function functionFile(token: string, spec: FunctionSpec, types: TypeSpecs): string {
  const name = nameOf(token);
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const uses = new Set<string>();
  const none = spec.inputs.required.length === 0 ? " = {}" : "";
  const calls = `const TOKEN = ${JSON.stringify(token)};

${docComment(spec.description)}export function ${name}(args: ${type}Args${none}, options: pulumi.InvokeOptions = {}): Promise<${type}Result> {
  return pulumi.runtime.invoke(TOKEN, args, { version: VERSION, ...options });
}

/** The same with arguments that are not known yet. */
export function ${name}Output(args: ${type}OutputArgs${none}, options: pulumi.InvokeOutputOptions = {}): pulumi.Output<${type}Result> {
  return pulumi.runtime.invokeOutput(TOKEN, args, { version: VERSION, ...options });
}
`;
  return sourceFile(`${name}: arguments, result and calls`, uses, [
    interfaceOf(`${type}Args`, `Arguments of ${name}.`, spec.inputs, "plain", types, uses),
    interfaceOf(`${type}OutputArgs`, `Arguments of ${name}Output.`, spec.inputs, "input", types, uses),
    interfaceOf(`${type}Result`, `What ${name} finds.`, spec.outputs, "output", types, uses),
    calls,
  ]);
}
