/** Which context is the chain's. */
import { parse } from "yaml";
import { z } from "zod";
import type { ApiContext } from "../../../providers/circleci/plugin/client.ts";
import { organizationQuery } from "../../../providers/circleci/plugin/organizations.ts";
import { type Around, absent, ambiguous } from "../around.ts";

const FLAG = "--context";

const contextAnswer = z.object({ id: z.string(), name: z.string() });

/** A context of the organization. */
export type Context = z.infer<typeof contextAnswer>;

/**
 * The named one, else the one of the environment's name, else the only one that the repository's pipeline asks for.
 * @throws UserError when the named one is not there, or the pipeline asks for several.
 */
export async function chooseContext(
  { given, names, configured }: Around,
  api: ApiContext,
  organization: string,
  pipeline: string | undefined,
): Promise<Context | undefined> {
  const inFile = configured("pipeline.context");
  if (given.context === "off" || (given.context === undefined && inFile === "off" && !pipeline)) return undefined;
  const all = await api.client.list(api, "/api/v2/context", contextAnswer, organizationQuery(organization));
  const named = (name: unknown): Context | undefined => all.find((context) => context.name === name);
  if (given.context !== undefined) {
    const found = named(given.context);
    if (!found) throw absent(`context ${given.context} in ${organization}`, FLAG);
    return found;
  }
  const usual = named(inFile) ?? named(`${names.application}-${names.environment}`);
  if (usual) return usual;
  const used = all.filter(({ name }) => contextsIn(pipeline ?? "").has(name));
  if (used.length > 1)
    throw ambiguous(
      "CircleCI context",
      FLAG,
      used.map(({ name }) => name),
    );
  return used[0];
}

/** Names of the contexts that the jobs of a pipeline ask for ("CircleCI configuration reference", context). */
export function contextsIn(pipeline: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "context") for (const name of [inner].flat()) if (typeof name === "string") names.add(name);
      visit(inner);
    }
  };
  visit((parsed(pipeline) as { workflows?: unknown } | null)?.workflows);
  return names;
}

function parsed(pipeline: string): unknown {
  try {
    return parse(pipeline);
  } catch {
    return undefined;
  }
}
