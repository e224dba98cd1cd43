/** Carries the decisions out. After each step the state is whole, so an interrupted recovery can be run again. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../progress.ts";
import type { Pulumi } from "../pulumi.ts";
import { changeStack } from "../state/locked-stack.ts";
import { UserError } from "../user-error.ts";
import type { Decision, Import } from "./decision.ts";
import { exportStack } from "./export.ts";
import { type ExportedStack, stackUrn } from "./exported-stack.ts";
import { importFile } from "./import-file.ts";

const WITHOUT_ASKING = ["--yes", "--skip-preview"];

/**
 * Imports what exists, then clears the pending operations and reads again what may have changed. In this order: what is
 * pending is forgotten only when it is in the state.
 * @throws UserError when a step fails, or an operation is still pending at the end.
 */
export async function applyDecisions(
  pulumi: Pulumi,
  stack: ExportedStack,
  decisions: readonly Decision[],
  progress: Progress,
): Promise<void> {
  const imports = decisions.filter((decision) => decision.action === "import");
  if (imports.length > 0)
    await progress.step(`Importing ${imports.length} of them`, () => importObjects(pulumi, imports, stack));
  const refreshed = decisions
    .filter(({ action }) => action === "refresh")
    .map(({ operation }) => operation.resource.urn);
  await progress.step("Clearing the interrupted operations", () => clear(pulumi, stack, refreshed));
  const { pending } = await exportStack(pulumi);
  if (pending.length === 0) return;
  throw new UserError(
    `${pending.length} operations are still marked as interrupted.`,
    "Run `npm run pulumi -- refresh --run-program` to settle them one by one.",
  );
}

/** Imports objects, each as the resource that the program gives it. Throws UserError when the engine refuses. */
export async function importObjects(
  pulumi: Pulumi,
  imports: readonly Import[],
  { resources }: Pick<ExportedStack, "resources">,
): Promise<void> {
  const inState = new Set(resources.map(({ urn }) => urn));
  // The flag is one for a whole file.
  for (const protect of [false, true]) {
    const group = imports.filter(({ operation }) => operation.resource.protect === protect);
    if (group.length > 0) await importAll(pulumi, group, inState, protect);
    // The second file finds the components of the first in the state.
    for (const { operation } of group) if (operation.resource.parent) inState.add(operation.resource.parent);
  }
}

async function importAll(
  pulumi: Pulumi,
  imports: readonly Import[],
  inState: ReadonlySet<string>,
  protect: boolean,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-recover-"));
  try {
    const file = join(folder, "import.json");
    await writeFile(file, JSON.stringify(importFile(imports, inState)));
    const how = ["--file", file, `--protect=${protect}`, "--generate-code=false"];
    await changeStack(pulumi, "import", ...how, ...WITHOUT_ASKING);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The stack's own resource is a target that costs nothing; without any target everything would be refreshed. */
async function clear(pulumi: Pulumi, stack: ExportedStack, refreshed: readonly string[]): Promise<void> {
  const targets = [stackUrn(stack), ...refreshed].flatMap((urn) => (urn ? ["--target", urn] : []));
  await changeStack(pulumi, "refresh", "--clear-pending-creates", ...targets, ...WITHOUT_ASKING);
}

/** Removes the lock of a killed engine by a refresh that reads nothing. An empty stack is left as it is. */
export async function releaseLock(pulumi: Pulumi, stack: ExportedStack): Promise<void> {
  if (stackUrn(stack)) await clear(pulumi, stack, []);
}
