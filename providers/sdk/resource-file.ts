/** The file of a resource: its arguments and its class. */
import { nameOf, type PropertySpec, type ResourceSpec, type TypeSpecs } from "../kit/package-spec.ts";
import { docComment, interfaceOf } from "./declarations.ts";
import { kindOf, withArticle } from "./names.ts";
import { sourceFile } from "./source-file.ts";
import { isRequired, tsType } from "./ts-type.ts";

/** TypeScript source of a resource: `render:index:WebService` -> WebServiceArgs and WebService. */
export function resourceFile(token: string, spec: ResourceSpec, types: TypeSpecs): string {
  const name = nameOf(token);
  const uses = new Set<string>();
  const inputs = { properties: spec.inputProperties, required: spec.requiredInputs };
  const args = interfaceOf(
    `${name}Args`,
    `Arguments of ${withArticle(kindOf(token))}.`,
    inputs,
    "input",
    types,
    uses,
    kindOf(token),
  );
  const members = Object.entries(spec.properties).map(([property, of]) => {
    const optional = isRequired(property, of, spec, "output") ? "" : " | undefined";
    const type = `pulumi.Output<${tsType(of, "output", types, uses)}${optional}>`;
    return `${docComment(of.description, "  ")}  declare readonly ${property}: ${type};\n`;
  });
  return sourceFile(`${name}: ${lowered(firstSentence(spec.description))}`, uses, [
    args,
    namesOf(spec),
    classOf(token, spec, members.join("")),
  ]);
}

/** Every property: the SDK makes an output of each name that it is given, also of one without a value. */
function namesOf(spec: ResourceSpec): string {
  const names = new Set([...Object.keys(spec.inputProperties), ...Object.keys(spec.properties)]);
  return `${docComment("Every property: the SDK makes an output of each name that it is given, also of one without a value.")}const PROPERTIES = {
${[...names].map((name) => `  ${name}: undefined,\n`).join("")}};\n`;
}

function classOf(token: string, spec: ResourceSpec, members: string): string {
  const name = nameOf(token);
  const kind = kindOf(token);
  const secretInputs = secretNames(spec.inputProperties);
  const secretOutputs = secretNames({ ...spec.inputProperties, ...spec.properties });
  const secrets = secretInputs.map((input) => {
    const always = spec.requiredInputs.includes(input);
    const secret = `pulumi.secret(args.${input})`;
    return `, ${input}: ${always ? secret : `args.${input} === undefined ? undefined : ${secret}`}`;
  });
  const marked = secretOutputs.length > 0 ? `, additionalSecretOutputs: ${JSON.stringify(secretOutputs)}` : "";
  return `${docComment(spec.description)}export class ${name} extends pulumi.CustomResource {
${members}
  /** Declares ${withArticle(kind)}. */
  constructor(name: string, args: ${name}Args, options?: pulumi.CustomResourceOptions) {
    const properties = { ...PROPERTIES, ...args${secrets.join("")} };
    const own = { version: VERSION${marked} };
    super(${JSON.stringify(token)}, name, properties, pulumi.mergeOptions(own, options));
  }
}
`;
}

function secretNames(properties: Readonly<Record<string, PropertySpec>>): string[] {
  return Object.keys(properties).filter((name) => properties[name]?.secret);
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/s.exec(text.replace(/ \([^)]*API[^)]*\)/g, ""))?.[0].replace(/:$/, ".") ?? text;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
