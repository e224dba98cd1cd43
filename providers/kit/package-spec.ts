/** A package schema ("Pulumi Package Schema"), as far as a provider of the kit has it. */

/** A type of a property: a plain one, a list, a map, a named one, or one of several. */
export interface TypeSpec {
  readonly type?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly $ref?: string;
  readonly oneOf?: readonly TypeSpec[];
}

/** A property. */
export interface PropertySpec extends TypeSpec {
  readonly description: string;
  readonly default?: string | number | boolean;
  readonly secret?: boolean;
  readonly willReplaceOnChanges?: boolean;
}

/** Properties by name. */
export type PropertySpecs = Readonly<Record<string, PropertySpec>>;

/** An object: the properties of a resource, of a function or of a named type. */
export interface ObjectSpec {
  readonly type?: "object";
  readonly description?: string | undefined;
  readonly properties: PropertySpecs;
  readonly required: readonly string[];
}

/** A named type of a few texts. */
export interface EnumSpec {
  readonly type: "string";
  readonly enum: readonly { readonly value: string }[];
}

/** Named types by token: `render:index:Region`. */
export type TypeSpecs = Readonly<Record<string, ObjectSpec | EnumSpec>>;

/** A resource. */
export interface ResourceSpec extends ObjectSpec {
  readonly description: string;
  readonly inputProperties: PropertySpecs;
  readonly requiredInputs: readonly string[];
}

/** A function. */
export interface FunctionSpec {
  readonly description: string;
  readonly inputs: ObjectSpec;
  readonly outputs: ObjectSpec;
}

/** A package. */
export interface PackageSpec {
  readonly name: string;
  readonly displayName?: string;
  readonly version: string;
  readonly description: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly config: { readonly variables: PropertySpecs; readonly defaults: readonly string[] };
  readonly provider: ResourceSpec;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  readonly types: TypeSpecs;
  readonly language: Readonly<Record<string, unknown>>;
}

/** `render:index:WebService` -> `WebService`. */
export function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

/** The named type that a property refers to, and its token; undefined for a plain type, a list or a map. */
export function namedType(
  spec: TypeSpec,
  types: TypeSpecs,
): { token: string; type: ObjectSpec | EnumSpec } | undefined {
  const token = spec.$ref?.replace("#/types/", "");
  const type = token === undefined ? undefined : types[token];
  return token !== undefined && type ? { token, type } : undefined;
}
