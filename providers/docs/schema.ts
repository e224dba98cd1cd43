/** The parts of a package schema that the pages show ("Pulumi Package Schema"). */

/** A type of a property: a plain one, a list, a map, a named object type, or one of several. */
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

export type PropertySpecs = Readonly<Record<string, PropertySpec>>;

/** A named object type. */
export interface ObjectSpec {
  readonly properties: PropertySpecs;
  readonly required: readonly string[];
}

export interface ResourceSpec extends ObjectSpec {
  readonly description: string;
  readonly inputProperties: PropertySpecs;
  readonly requiredInputs: readonly string[];
}

export interface FunctionSpec {
  readonly description: string;
  readonly inputs: ObjectSpec;
  readonly outputs: ObjectSpec;
}

/** A package. */
export interface PackageSpec {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  /** Named object types by token. */
  readonly types: Readonly<Record<string, ObjectSpec>>;
}

/** `render:index:WebService` -> `WebService`. */
export function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}
