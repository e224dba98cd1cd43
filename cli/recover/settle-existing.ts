/** Takes what an update has made without its answer having arrived into the state, one object after another. */
import type { Progress } from "../progress.ts";
import type { Pulumi } from "../pulumi.ts";
import { resourceName } from "../report/messages.ts";
import { editState, exportedState } from "../state/edit.ts";
import { parseState, resourcesIn, withoutResources } from "../state/resources.ts";
import { importObjects } from "./apply.ts";
import type { Answers } from "./decision.ts";
import { type Circumstances, type Claim, claimOf, findExisting } from "./existing.ts";
import { exportStack } from "./export.ts";
import type { ExportedStack, StateResource } from "./exported-stack.ts";
import { type Planned, planned } from "./planned.ts";
import type { Step } from "./proof.ts";
import type { Recipes } from "./recipe.ts";

/** What is settled, and how. */
export interface ExistingRequest extends Circumstances {
  readonly pulumi: Pulumi;
  readonly progress: Progress;
  readonly recipes: Recipes;
  readonly answers: Answers;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** A preview of the state as it is, where there is one already. */
  readonly previewed?: Planned;
  /** Shown what this stack has made; `--yes` agrees to it. */
  agree(claims: readonly Claim[]): Promise<boolean>;
  /** Asked of one that may be somebody else's; never agreed to by `--yes`. */
  isOurs(claim: Claim): Promise<boolean>;
}

/** What came of it. */
export interface SettledExisting {
  readonly imported: readonly Claim[];
  /** What exists and was not taken. */
  readonly left: readonly Claim[];
  /** What a service would not tell. */
  readonly problems: readonly string[];
  /** What a preview shows when all is settled. */
  readonly steps: readonly Step[];
  /** Why the program could not be previewed: nothing, or nothing more, was looked for. */
  readonly unpreviewed?: string;
}

/**
 * Each import makes further natural keys known, of what stands below: so it goes on until a preview finds nothing new.
 * What was imported for its time alone has to be as declared; otherwise it leaves the state again.
 */
export async function settleExisting(request: ExistingRequest): Promise<SettledExisting> {
  const { pulumi, progress, recipes, answers, env, signal } = request;
  const imported: Claim[] = [];
  const left = new Map<string, Claim>();
  let { previewed } = request;
  for (;;) {
    const plan = previewed ?? (await progress.step("Previewing what is missing", () => planned(pulumi)));
    previewed = undefined;
    const { problem } = plan;
    const { steps } = plan;
    if (problem !== undefined) return { imported, left: [...left.values()], problems: [], steps, unpreviewed: problem };
    const changed = imported.filter(isByTime).filter(({ resource }) => !isSame(plan.operations.get(resource.urn)));
    for (const claim of changed) {
      await forget(pulumi, claim.resource);
      imported.splice(imported.indexOf(claim), 1);
      left.set(claim.resource.urn, { ...claim, reason: `${claim.reason} It is not as the program declares it.` });
    }
    const stack = await exportStack(pulumi);
    const named = imported.length === 0 ? plan.creates.flatMap((resource) => namedClaim(resource, answers)) : [];
    const missing = plan.creates.filter(({ urn }) => !left.has(urn) && !answers.has(urn));
    const { found, problems } = await progress.step("Asking the services what exists", () =>
      findExisting(missing, recipes, { stack, env, signal }),
    );
    if (found.length + named.length + changed.length === 0)
      return { imported, left: [...left.values()], problems, steps };
    const claims = await Promise.all(found.map((existing) => claimOf(existing, request)));
    const taken = [...named, ...(await chosen(claims, request))];
    for (const claim of claims.filter((one) => !taken.some(({ resource }) => resource.urn === one.resource.urn)))
      left.set(claim.resource.urn, claim);
    if (taken.length > 0) await progress.step(`Importing ${taken.length} of them`, () => take(pulumi, taken, stack));
    imported.push(...taken);
  }
}

/** What is to be imported: what is this stack's by its time, and what a person says to be. */
async function chosen(claims: readonly Claim[], { agree, isOurs }: ExistingRequest): Promise<Claim[]> {
  const own = claims.filter(isByTime);
  const agreed = own.length > 0 && (await agree(own)) ? own : [];
  const said: Claim[] = [];
  for (const claim of claims.filter((one) => !isByTime(one) && one.candidates.length === 1))
    if (await isOurs(claim)) said.push(claim);
  return [...agreed, ...said];
}

/** The object that the user has named as a resource's. */
function namedClaim(resource: StateResource, answers: Answers): Claim[] {
  const answer = answers.get(resource.urn);
  if (answer === undefined || answer === "clear") return [];
  const { importId } = answer;
  const candidates = [{ importId, stateId: importId }];
  return [{ resource, what: resourceName(resource.urn), candidates, verdict: "unclear", reason: "As you said." }];
}

function take(pulumi: Pulumi, claims: readonly Claim[], stack: ExportedStack): Promise<void> {
  return importObjects(
    pulumi,
    claims.flatMap(({ resource, what, reason, candidates: [only] }) =>
      only ? [{ action: "import", operation: { type: "creating", resource }, what, reason, id: only.importId }] : [],
    ),
    stack,
  );
}

/** The object stays at the service; only the state no longer holds it. */
async function forget(pulumi: Pulumi, { urn }: StateResource): Promise<void> {
  const agreed = resourcesIn(parseState(await exportedState(pulumi))).filter((one) => one.urn === urn);
  await editState({
    pulumi,
    action: "Undoing an import",
    agreed,
    concerned: (state) => resourcesIn(state).filter((one) => one.urn === urn),
    change: (state, gone) => withoutResources(state, new Set(gone.map((one) => one.urn))),
  });
}

function isByTime({ verdict }: Claim): boolean {
  return verdict === "own";
}

function isSame(operation: string | undefined): boolean {
  return operation === undefined || operation === "same" || operation === "read";
}
