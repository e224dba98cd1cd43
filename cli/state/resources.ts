/** A stack's state without some of its resources. */
import { z } from "zod";
import { jsonIn } from "../../lib/json-text.ts";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  dependencies: z.array(z.string()).nullish(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  deletedWith: z.string().optional(),
  replaceWith: z.array(z.string()).nullish(),
  initErrors: z.array(z.string()).nullish(),
});

const exported = z.looseObject({
  deployment: z.looseObject({ resources: z.array(resource).nullish() }).nullish(),
});

/** The output of `pulumi stack export`; what is not named here is kept as it is. */
export type State = z.infer<typeof exported>;

/** A resource as the state holds it; secrets are encrypted. */
export type StateResource = z.infer<typeof resource>;

/** Reads it. Throws when it is not of the expected form. */
export function parseState(text: string): State {
  return exported.parse(JSON.parse(text));
}

/** The resources that `pulumi stack export` has given; none where it gave no state, or one that cannot be read. */
export function resourcesOfExport(text: string): readonly StateResource[] {
  const { data } = exported.safeParse(jsonIn(text));
  return data ? resourcesIn(data) : [];
}

/** The resources of a state. */
export function resourcesIn({ deployment }: State): readonly StateResource[] {
  return deployment?.resources ?? [];
}

/** The state without these URNs: what depended on one no longer does, and a default provider without resources goes too. */
export function withoutResources(state: State, urns: ReadonlySet<string>): State {
  const kept = resourcesIn(state).filter(({ urn }) => !urns.has(urn));
  const used = new Set(kept.map(({ provider }) => provider?.slice(0, provider.lastIndexOf("::"))));
  const resources = kept
    .filter(({ urn, type }) => !type.startsWith("pulumi:providers:") || !isDefault(urn) || used.has(urn))
    .map((one) => independentOf(one, urns));
  return { ...state, deployment: { ...state.deployment, resources } };
}

function isDefault(urn: string): boolean {
  return /::default(_.+)?$/.test(urn);
}

function independentOf(one: StateResource, urns: ReadonlySet<string>): StateResource {
  const left = (list: readonly string[]): string[] => list.filter((urn) => !urns.has(urn));
  const { dependencies, propertyDependencies, deletedWith, replaceWith, ...rest } = one;
  const properties = Object.entries(propertyDependencies ?? {}).map(([name, list]) => [name, list && left(list)]);
  return {
    ...rest,
    ...(dependencies && { dependencies: left(dependencies) }),
    ...(propertyDependencies && { propertyDependencies: Object.fromEntries(properties) }),
    ...(deletedWith && !urns.has(deletedWith) && { deletedWith }),
    ...(replaceWith && { replaceWith: left(replaceWith) }),
  };
}
