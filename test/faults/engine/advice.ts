/** Does what the output advises after a run that failed, as a person would, until the goal is reached. */
import type { RecoverWorld } from "../../e2e/recover/world.ts";

/** What a run was for. */
export type Goal = "up" | "destroy";

export const RUNS: Readonly<Record<Goal, readonly string[]>> = {
  up: ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview", "--run-program"],
};

/** More rounds than any advice should take. */
const MOST_ROUNDS = 4;

/** What came of it. */
export interface Followed {
  /** The commands that were run, in short. */
  readonly commands: readonly string[];
  /** Why the goal was not reached. */
  readonly problem?: string;
}

/**
 * `recover`, with what it names to be imported, then the goal's own command; again where that fails and advises so.
 * Everything that is named is this world's own.
 */
export async function followAdvice(world: RecoverWorld, goal: Goal): Promise<Followed> {
  const commands: string[] = [];
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const problem = await recover(world, commands);
    if (problem !== undefined) return { commands, problem };
    const { code, stdout, stderr } = await world.chain.pulumi(...RUNS[goal]);
    commands.push(goal);
    if (code === 0) return { commands };
    if (round === MOST_ROUNDS) return { commands, problem: `${goal} fails again and again: ${stdout}${stderr}` };
  }
  return { commands };
}

/** Runs it, and again with every object that it leaves to a person. Gives why it fails. */
async function recover(world: RecoverWorld, commands: string[]): Promise<string | undefined> {
  const imports: string[] = [];
  for (;;) {
    const { code, stderr } = await world.delivery("recover", "--yes", ...imports.flatMap((one) => ["--import", one]));
    commands.push(imports.length === 0 ? "recover" : `recover with ${imports.length} named`);
    if (code === 0) return undefined;
    const named = [...stderr.matchAll(/--import '([^']+)'/g)].flatMap(([, one]) => (one === undefined ? [] : [one]));
    const further = named.filter((one) => !imports.includes(one));
    if (further.length === 0) return `recover fails: ${stderr}`;
    imports.push(...further);
  }
}
