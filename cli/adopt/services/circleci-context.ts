/** The chain's context: which it is, who may use it, and the names of its variables. */
import { parse } from "yaml";
import { variableNamed } from "../../../infra/variables.ts";
import {
  type ContextAnswer,
  contextAnswer,
  contextVariableAnswer,
  restrictionAnswer,
} from "../../../providers/circleci/plugin/answers.ts";
import type { ApiContext } from "../../../providers/circleci/plugin/client.ts";
import { contextPath } from "../../../providers/circleci/plugin/context-api.ts";
import { organizationQuery } from "../../../providers/circleci/plugin/organizations.ts";
import { type Around, absent, ambiguous, isOffByTeam } from "../around.ts";
import { type Finding, type Masked, OFF_BY_ADOPTION, type Setting } from "../finding.ts";

const FLAG = "--context";

/** What a context is looked for by. */
export interface ContextSearch {
  /** CircleCI's slug of the organization. */
  readonly organization: string;
  readonly projectId: string;
  /** Text of the repository's pipeline, when it has one. */
  readonly pipeline: string | undefined;
}

/** Finds it. Throws UserError when the named one is not there, or it is not clear which it is. */
export async function findContext(
  around: Around,
  api: ApiContext,
  search: ContextSearch,
): Promise<Pick<Finding, "settings" | "ids" | "masked" | "notes">> {
  const context = await chooseContext(around, api, search);
  const variables = contextVariables(around);
  if (!context) {
    const off = { key: "pipeline.context", value: "off", note: `${OFF_BY_ADOPTION}none was found` };
    const rest = [...variables, { key: "pipeline.restrictContext", value: undefined }];
    return { settings: [off, ...rest], ids: {}, masked: [], notes: [] };
  }
  const { id, name } = context;
  const [restrictions, held] = await Promise.all([
    api.client.list(api, `${contextPath(id)}/restrictions`, restrictionAnswer),
    api.client.list(api, `${contextPath(id)}/environment-variable`, contextVariableAnswer),
  ]);
  const ours = restrictions.find(
    ({ restriction_type: type, restriction_value: value }) => type === "project" && value === search.projectId,
  );
  const others = restrictions.filter((one) => one !== ours);
  const holder = `CircleCI's context ${name}`;
  return {
    settings: [
      { key: "pipeline.context", value: name },
      ...variables,
      { key: "pipeline.restrictContext", value: ours ? undefined : false },
    ],
    ids: { context: id, ...(ours && { "context-project": `${id}/${ours.id}` }) },
    // The state knows what the chain itself has written.
    masked: held
      .filter(({ variable }) => !around.isInState(`context-${variable}`))
      .map(({ variable }): Masked => ({ holder, name: variable, advice: adviceOn(variable) })),
    notes: others.map(
      ({ restriction_type: type, restriction_value: value, name: called = value }) =>
        `The context ${name} stays open to ${type} ${called}.`,
    ),
  };
}

/** The named one, else the one of the environment's name, else the only one that the repository's pipeline asks for. */
async function chooseContext(
  around: Around,
  api: ApiContext,
  { organization, pipeline }: ContextSearch,
): Promise<ContextAnswer | undefined> {
  const { given, names, configured } = around;
  if (isOffByTeam(around, "pipeline.context", given.context)) return undefined;
  const all = await api.client.list(api, "/api/v2/context", contextAnswer, organizationQuery(organization));
  const named = (name: unknown): ContextAnswer | undefined => all.find((context) => context.name === name);
  if (given.context !== undefined) {
    const found = named(given.context);
    if (!found) throw absent(`context ${given.context} in ${organization}`, FLAG);
    return found;
  }
  const usual = named(configured("pipeline.context")) ?? named(`${names.application}-${names.environment}`);
  if (usual) return usual;
  const asked = contextsIn(pipeline ?? "");
  const used = all.filter(({ name }) => asked.has(name));
  if (used.length > 1)
    throw ambiguous(
      "CircleCI context",
      FLAG,
      used.map(({ name }) => name),
    );
  return used[0];
}

/** Values that cannot be read are not declared, until the team says so. */
function contextVariables(around: Around): Setting[] {
  if (around.configured("pipeline.contextVariables") === "managed") return [];
  if (around.isInState("context-SENTRY_ENVIRONMENT") || around.isInState("context-RENDER_SERVICE_ID")) return [];
  return [{ key: "pipeline.contextVariables", value: "off", note: "CircleCI never shows their values" }];
}

function adviceOn(name: string): string {
  const source = variableNamed(name)?.source;
  if (source === undefined) return "It stays at CircleCI, which never shows it, and the chain leaves it alone.";
  return (
    `It stays as it is. With \`pipeline.contextVariables: managed\` the chain writes its own, from ${source}: enter that, ` +
    "and delete the variable at CircleCI just before the `up`."
  );
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
