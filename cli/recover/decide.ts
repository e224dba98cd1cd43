/** Decides what is to be done about each interrupted operation. Reads from the services and changes nothing. */
import { accessProblem } from "./access.ts";
import type { Answers, Decision, Undecided } from "./decision.ts";
import { nameOf, type PendingOperation, type StateResource } from "./exported-stack.ts";
import type { Candidate, Recipes } from "./recipe.ts";
import { listed, type SearchContext, searchFor, unmanaged } from "./search.ts";

/** What a decision needs besides the operation. */
export interface Surroundings extends SearchContext {
  readonly recipes: Recipes;
  readonly answers: Answers;
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
      return decideRefresh(operation, inState, what, around);
    }
    case "creating":
      return decideCreate(operation, inState, around);
  }
}

/** It is read again, where what is then not found is really gone. */
async function decideRefresh(
  operation: PendingOperation,
  inState: StateResource,
  what: string,
  around: Surroundings,
): Promise<Decision> {
  const reason = `It may be ${operation.type === "updating" ? "changed" : "gone"} already.`;
  if (around.answers.has(inState.urn)) return { action: "refresh", operation, what, reason: "As you said." };
  try {
    const problem = await accessProblem(inState, around);
    if (problem === undefined) return { action: "refresh", operation, what, reason };
    return { action: "ask", operation, what, reason: `${reason} ${problem}`, choices: [] };
  } catch (error) {
    around.signal.throwIfAborted();
    return { action: "ask", operation, what, reason: (error as Error).message, choices: [] };
  }
}

async function decideCreate(
  operation: PendingOperation,
  inState: StateResource | undefined,
  around: Surroundings,
): Promise<Decision> {
  const { urn, type, custom } = operation.resource;
  const recipe = around.recipes[type];
  const what = `${recipe?.kind ?? type} ${nameOf(urn)}`;
  const ask = (reason: string, choices: readonly string[] = ["ID"]): Undecided => ({
    action: "ask",
    operation,
    what,
    reason,
    choices,
  });

  if (custom === false)
    return { action: "clear", operation, what, reason: "It stands for its parts, and is nothing at a service." };
  // It is made of configuration alone: there is nothing at a service, and the engine refuses to import one.
  if (type.startsWith("pulumi:providers:"))
    return { action: "clear", operation, what, reason: "It is configuration; the next run makes it again." };

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
    if (!only) {
      const problem = await accessProblem(operation.resource, around);
      if (problem !== undefined) return { ...ask(problem), what: named };
      return { action: "clear", operation, what: named, reason: "It does not exist." };
    }
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

function ids(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ importId }) => importId);
}
