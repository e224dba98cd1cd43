/** A stack's state with placeholders for its secrets. */
import { isDeepStrictEqual } from "node:util";
import type { Placeholders } from "./placeholder.ts";
import { asSecret, at, isObject, mapSecrets, type Path, pathText, revealed } from "./secret-value.ts";
import type { ExportedState, SealedResource } from "./snapshot.ts";

/** A secret of the state, and where it stands. */
export interface StateSecret {
  readonly urn: string;
  readonly section: "inputs" | "outputs";
  readonly path: Path;
  readonly value: unknown;
}

/** Outputs that are secrets, although an edition of the plugin may not say so, by type. */
const SECRET_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  "sentry:index/sentryKey:SentryKey": ["dsnSecret", "secret"],
};

/** What tells of the machine that ran the program. */
const LEFT_OUT = ["sourcePosition", "stackTrace"];

/** Every secret of the state; what merely repeats a plain input, and was marked for being alike to a secret, is none. */
export function secretsOf({ deployment }: ExportedState): StateSecret[] {
  const found: StateSecret[] = [];
  for (const resource of deployment.resources)
    for (const section of ["inputs", "outputs"] as const)
      mapSecrets(marked(resource)[section], (value, path) => {
        if (!repeatsPlainInput(resource, path, value))
          found.push({ urn: resource.urn, section, path, value: revealed(value) });
        return value;
      });
  return found;
}

/** The same state without them, and without what encrypts it. */
export function sealedState(state: ExportedState, placeholder: Placeholders): ExportedState {
  const resources = state.deployment.resources.map((resource) => {
    const { inputs, outputs, ...rest } = marked(resource);
    const sealed = (properties: SealedResource["inputs"]) =>
      mapSecrets(properties, (value, path) =>
        asSecret(repeatsPlainInput(resource, path, value) ? value : placeholder(revealed(value))),
      ) as SealedResource["inputs"];
    const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !LEFT_OUT.includes(key)));
    return { ...kept, ...(inputs && { inputs: sealed(inputs) }), ...(outputs && { outputs: sealed(outputs) }) };
  });
  const { secrets_providers: _, ...deployment } = state.deployment;
  return { ...state, deployment: { ...deployment, resources: resources as SealedResource[] } };
}

function repeatsPlainInput({ inputs }: SealedResource, path: Path, value: unknown): boolean {
  return isDeepStrictEqual(at(inputs, path), value);
}

function marked(resource: SealedResource): SealedResource {
  const names = SECRET_OUTPUTS[resource.type] ?? [];
  const { outputs } = resource;
  if (!outputs) return resource;
  const plain = names.filter((name) => outputs[name] !== undefined && !isObject(outputs[name]));
  return {
    ...resource,
    outputs: { ...outputs, ...Object.fromEntries(plain.map((name) => [name, asSecret(outputs[name])])) },
  };
}

/** Where it stands, in words, e.g. `environmentVariables.API_KEY of site`. */
export function placeOf({ urn, path }: Pick<StateSecret, "urn" | "path">): string {
  return `${pathText(path)} of ${urn.split("::").slice(2).join("::")}`;
}
