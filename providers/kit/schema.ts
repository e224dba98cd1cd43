/** The Pulumi package schema of a provider, worked out from its definitions ("Pulumi Package Schema"). */
import type { FunctionSpec, ObjectSpec, PackageSpec, ResourceSpec } from "./package-spec.ts";
import type { FunctionDefinition, ProviderDefinition, ResourceDefinition } from "./resource.ts";
import { type NamedTypes, schemaProperties } from "./schema-types.ts";
import { shapeOf } from "./shape.ts";

/** Describes the whole package. A property without a description is an error: documentation is made from this. */
export function packageSchema<Client>(definition: ProviderDefinition<Client>): PackageSpec {
  const types: NamedTypes = {};
  const config = configProperties(definition, types);
  const resources = definition.resources.map((resource) => [resource.token, resourceSpec(resource, types)]);
  const functions = (definition.functions ?? []).map((fn) => [fn.token, functionSpec(fn, types)]);
  const { displayName, keywords, license } = definition;
  return {
    name: definition.name,
    ...(displayName === undefined ? {} : { displayName }),
    version: definition.version,
    description: definition.description,
    ...(keywords === undefined ? {} : { keywords }),
    ...(license === undefined ? {} : { license }),
    config: { variables: config.properties, defaults: config.required },
    provider: {
      description: definition.description,
      inputProperties: config.properties,
      requiredInputs: config.required,
      properties: config.properties,
      required: config.required,
    },
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
    types,
    language: {
      nodejs: { respectSchemaVersion: true },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
    },
  };
}

function configProperties<Client>(definition: ProviderDefinition<Client>, types: NamedTypes) {
  const owner = `${definition.name}:index:Provider`;
  return schemaProperties(shapeOf(definition.config), owner, types, { secrets: definition.secretConfig });
}

// biome-ignore lint/suspicious/noExplicitAny: any definition will do
function resourceSpec(definition: ResourceDefinition<any, any, any>, types: NamedTypes): ResourceSpec {
  const { token, secrets } = definition;
  const replaceOnChanges = definition.update ? definition.replaceOnChanges : "all";
  const inputs = schemaProperties(shapeOf(definition.inputs), token, types, { secrets, replaceOnChanges });
  const outputs = withoutDefaults(schemaProperties(shapeOf(definition.outputs, "output"), token, types, { secrets }));
  return {
    description: definition.description,
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
    properties: outputs.properties,
    required: outputs.required,
  };
}

/** What a property takes when nobody gives it says nothing about what comes out. */
function withoutDefaults({ properties, required }: ObjectSpec): ObjectSpec {
  const entries = Object.entries(properties).map(([name, { default: _, ...property }]) => [name, property]);
  return { properties: Object.fromEntries(entries), required };
}

// biome-ignore lint/suspicious/noExplicitAny: any definition will do
function functionSpec(definition: FunctionDefinition<any, any, any>, types: NamedTypes): FunctionSpec {
  const { token, secrets } = definition;
  const inputs = schemaProperties(shapeOf(definition.inputs), `${token}Args`, types, {});
  const outputs = withoutDefaults(
    schemaProperties(shapeOf(definition.outputs, "output"), `${token}Result`, types, { secrets }),
  );
  return {
    description: definition.description,
    inputs: { type: "object", properties: inputs.properties, required: inputs.required },
    outputs: { type: "object", properties: outputs.properties, required: outputs.required },
  };
}
