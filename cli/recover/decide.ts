/** Decides what is to be done about each interrupted operation. Reads from the services and changes nothing. */
import type { Answers, Decision, Undecided } from "./decision.ts";
import {
  type ExportedStack,
  nameOf,
  type PendingOperation,
  providerUrn,
  type StateResource,
} from "./exported-stack.ts";
import type { Candidate, LookUp, Recipes, Search } from "./recipe.ts";

/** What a decision needs besides the operation. */
export interface Surroundings {
  readonly stack: ExportedStack;
  readonly recipes: Recipes;
  readonly answers: Answers;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Decides about one operation. What a service or the environment refuses leaves it undecided, with the reason. */
export async function decide(operation: PendingOperation, around: Surroundings): Promise<Decision> {
  const { urn, type } = operation.resource;
  const recipe = around.recipes[type];
  const what = `${recipe?.kind ?? type} ${nameOf(urn)}`;
  const inState = around.stack.resources.find((resource) => resource.urn === urn && !resource.delete);
  switch (operation.type) {
    case "importing":
    case "reading":
      return { action: "clear", operation, what, reason: "It was only being read." };
    case "updating":
    case "deleting": {
      if (!inState) return { action: "clear", operation, what, reason: "The next `up` deletes what is left of it." };
      const reason = `It may be ${operation.type === "updating" ? "changed" : "gone"} already.`;
      return { action: "refresh", operation, what, reason };
    }
    case "creating":
      return decideCreate(operation, inState, around);
  }
}

async function decideCreate(
  operation: PendingOperation,
  inState: StateResource | undefined,
  around: Surroundings,
): Promise<Decision> {
  const { urn, type } = operation.resource;
  const recipe = around.recipes[type];
  const what = `${recipe?.kind ?? type} ${nameOf(urn)}`;
  const ask = (reason: string, choices: readonly string[] = ["ID"]): Undecided => ({
    action: "ask",
    operation,
    what,
    reason,
    choices,
  });

  const answer = around.answers.get(urn);
  if (answer === "clear") return { action: "clear", operation, what, reason: "As you said." };
  if (answer) return { action: "import", operation, what, id: answer.importId, reason: "As you said." };
  if (!recipe) return ask(`How to look for a ${type} is not known here.`);
  if ("repeatable" in recipe) return { action: "clear", operation, what, reason: recipe.repeatable };

  const search = searchFor(operation.resource, around);
  try {
    const named = `${recipe.kind} ${recipe.describe(search)}`;
    const found = await unmanaged(recipe, search, operation.resource, around.stack);
    if (inState) return decideReplacement(operation, named, inState, found);
    const [only] = found;
    if (!only) return { action: "clear", operation, what: named, reason: "It does not exist." };
    if (found.length > 1)
      return { ...ask("", ids(found)), what: named, reason: `It could be any of ${listed(found)}.` };
    if (only.conflict) return { ...ask("", ids(found)), what: named, reason: `There is one, but ${only.conflict}.` };
    return { action: "import", operation, what: named, id: only.importId, reason: `It exists: ${listed(found)}.` };
  } catch (error) {
    around.signal.throwIfAborted();
    return ask((error as Error).message);
  }
}

/**
 * The state holds the resource already: it was imported, but its mark not cleared; or the create was to replace it; or
 * an `up` has run over the interruption and made a second object.
 */
function decideReplacement(
  operation: PendingOperation,
  what: string,
  inState: StateResource,
  found: readonly Candidate[],
): Decision {
  const others = found.filter(({ stateId }) => stateId !== inState.id);
  if (others.length === 0) return { action: "clear", operation, what, reason: "What exists is in the state already." };
  const reason = `The state holds ${inState.id}, and there is ${listed(others)} besides. Delete what nothing uses at the service.`;
  return { action: "ask", operation, what, reason, choices: [] };
}

function searchFor({ inputs, ...resource }: StateResource, { stack, env, signal }: Surroundings): Search {
  const urn = providerUrn({ inputs, ...resource });
  const provider = stack.resources.find((candidate) => candidate.urn === urn);
  return { inputs, providerInputs: provider?.inputs ?? {}, env, signal };
}

/** What is found, without what another resource of the stack stands for. */
async function unmanaged(
  recipe: LookUp,
  search: Search,
  { urn, type }: StateResource,
  { resources }: ExportedStack,
): Promise<Candidate[]> {
  const others = resources.filter((resource) => resource.type === type && resource.urn !== urn);
  const taken = new Set(others.map(({ id }) => id));
  return (await recipe.find(search)).filter(({ stateId }) => !taken.has(stateId));
}

function ids(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ importId }) => importId);
}

function listed(candidates: readonly Candidate[]): string {
  return candidates.map(({ importId, madeAt }) => (madeAt ? `${importId}, made ${madeAt}` : importId)).join("; ");
}
