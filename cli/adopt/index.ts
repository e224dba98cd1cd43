/** Adoption of a chain that was made by hand. */
import { exportStack } from "../recover/export.ts";
import { nameOf } from "../recover/exported-stack.ts";
import { UserError } from "../user-error.ts";
import { type Adoption, type AdoptRequest, agree } from "./adoption.ts";
import type { Around } from "./around.ts";
import { carryOut, sourcesOf } from "./carry-out.ts";
import { type Configured, readConfigured } from "./configured.ts";
import { withoutDefaults } from "./defaults.ts";
import { type Discovery, discover } from "./discover.ts";
import { OFF_BY_ADOPTION } from "./finding.ts";
import { nameSettings, resolveNames } from "./names.ts";
import { editStackFile, noteAt, readStackFile } from "./stack-file.ts";
import { stricter } from "./stricter.ts";

export type { Adoption, AdoptionPlan, AdoptRequest } from "./adoption.ts";

/**
 * Finds what exists, describes it in the stack's file, takes it into the state and proves that nothing changes. Writes
 * nothing to the services.
 * @throws UserError when something is not clear, is not confirmed, or would change; then all is as it was, unless it is
 * to be kept.
 */
export async function adopt(request: AdoptRequest): Promise<Adoption> {
  const { pulumi, progress, path, stack, given, context } = request;
  const configured = await readConfigured(pulumi, stack);
  refuseOtherStacks(configured, stack);
  const names = resolveNames(given, configured, stack, context.env);
  const state = await exportStack(pulumi);
  if (state.pending.length > 0)
    throw new UserError("An earlier run was interrupted.", "Run `npx --no delivery recover` first, then adopt again.");
  const before = await readStackFile(path);
  const inState = new Set(state.resources.filter(({ id }) => id !== undefined).map(({ urn }) => nameOf(urn)));
  const around: Around = {
    env: context.env,
    signal: context.signal,
    given,
    names,
    configured,
    isOffByAdoption: (part) => noteAt(before, part)?.startsWith(OFF_BY_ADOPTION.trim()) === true,
    isInState: (name) => inState.has(name),
  };
  const found = await progress.step("Asking the services what exists", () => discover(around));
  // Without anything to adopt there is nothing to say of the parts: a file that turns all of them off helps nobody.
  const isNothing = inState.size === 0 && Object.values(found.parts).every(({ place }) => place === undefined);
  if (isNothing) return nothingFound(found, before);
  const described = withoutDefaults(around, found.settings);
  const settings = [...nameSettings(names, given, configured, stack), ...described];
  const { text, changes } = editStackFile(before, settings, sourcesOf(found));
  const plan = { found, changes, text };
  if (request.dryRun) return { ...plan, imported: [], backup: undefined, warnings: [], ...stricter(text) };
  const writesFile = changes.length > 0 || found.secrets.size > 0;
  if (writesFile) await agree(request, plan);
  return carryOut(request, plan, before, writesFile);
}

/** Nothing could be stricter, either: what the file leaves open is of parts that do not exist. */
function nothingFound(found: Discovery, text: string): Adoption {
  return { found, text, changes: [], imported: [], backup: undefined, warnings: [], stricter: [], kept: [] };
}

function refuseOtherStacks(configured: Configured, stack: string): void {
  const declares = configured("declares") ?? "all";
  if (declares === "all") return;
  throw new UserError(
    `The stack ${stack} declares ${String(declares)}, and adoption is for a stack that declares \`all\`.`,
    "Adopt into one, then move resources: docs/environments.md says how.",
  );
}
