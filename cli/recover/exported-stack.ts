/** The part of a stack's state that recovery reads, from `pulumi stack export`. */
import { z } from "zod";

const STACK_TYPE = "pulumi:pulumi:Stack";

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  /** False for a component, which has no object of its own. */
  custom: z.boolean().optional(),
  id: z.string().optional(),
  parent: z.string().optional(),
  /** URN and id of the resource's provider, joined by `::`. */
  provider: z.string().optional(),
  protect: z.boolean().default(false),
  /** True for what a replacement has left to be deleted. */
  delete: z.boolean().default(false),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

const operation = z.object({
  resource,
  type: z.enum(["creating", "updating", "deleting", "reading", "importing"]),
});

const exported = z.object({
  deployment: z
    .object({ resources: z.array(resource).nullish(), pending_operations: z.array(operation).nullish() })
    .nullish(),
});

/** A resource as the state holds it; secret inputs are encrypted. */
export type StateResource = z.infer<typeof resource>;

/** An operation that was under way when the engine ended. */
export type PendingOperation = z.infer<typeof operation>;

/** What recovery needs to know of a stack. */
export interface ExportedStack {
  readonly resources: readonly StateResource[];
  /** One for each resource and kind: a second interrupted attempt is the same question. */
  readonly pending: readonly PendingOperation[];
}

/** Reads the output of `pulumi stack export`. Throws when it is not of the expected form. */
export function parseExportedStack(text: string): ExportedStack {
  const { deployment } = exported.parse(JSON.parse(text));
  const pending = new Map<string, PendingOperation>();
  for (const one of deployment?.pending_operations ?? []) pending.set(`${one.type} ${one.resource.urn}`, one);
  return { resources: deployment?.resources ?? [], pending: [...pending.values()] };
}

/** URN of the stack's own resource; undefined when the stack is empty. */
export function stackUrn({ resources }: ExportedStack): string | undefined {
  return resources.find(({ type }) => type === STACK_TYPE)?.urn;
}

/** Whether the URN is that of a stack's own resource. */
export function isStackUrn(urn: string): boolean {
  return qualifiedTypeOf(urn) === STACK_TYPE;
}

/** The type in a URN, behind those of the components above it, joined by `$`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The name that the program gives a resource. A name may itself hold `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The URN in a resource's reference to its provider. */
export function providerUrn({ provider }: StateResource): string | undefined {
  return provider?.slice(0, provider.lastIndexOf("::"));
}
