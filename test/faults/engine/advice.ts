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
    const { problem, gone = [] } = await recover(world, commands);
    if (problem !== undefined) return { commands, problem };
    // Only a person knows it for certain; the recovery has left it, and the goal cannot be reached so.
    for (const urn of round === 1 ? [] : gone) {
      await world.chain.succeed("state", "delete", urn, "--yes");
      commands.push("state delete of 1 named");
    }
    const { code, stdout, stderr } = await world.chain.pulumi(...RUNS[goal]);
    commands.push(goal);
    if (code === 0) return { commands };
    if (round === MOST_ROUNDS) return { commands, problem: `${goal} fails again and again: ${stdout}${stderr}` };
  }
  return { commands };
}

/** As a state that cannot be read is brought back. */
const COPY = /npx --no delivery (pulumi stack import --stack \S+ --file \S+)/;

/** What a recovery came to: why it fails, or what it leaves to a person who knows that it is gone. */
interface Recovered {
  readonly problem?: string;
  readonly gone?: readonly string[];
}

/**
 * What a message leaves to a person, as options. Where it cannot name an object, only asks for an `ID`, there is none in
 * a world in which all that exists is the stack's own: a person clears the mark.
 */
export function answersTo(message: string): string[] {
  return [...message.matchAll(/--import '([^'=]+)=([^']+)'/g)].map(([, urn, id]) =>
    id === "ID" ? `--clear=${urn}` : `--import=${urn}=${id}`,
  );
}

/** Runs it, and again with every object that it leaves to a person. */
async function recover(world: RecoverWorld, commands: string[]): Promise<Recovered> {
  const answers: string[] = [];
  for (;;) {
    const { code, stdout, stderr } = await world.delivery("recover", "--yes", ...answers);
    commands.push(answers.length === 0 ? "recover" : `recover with ${answers.length} named`);
    if (code === 0)
      return { gone: [...(stdout + stderr).matchAll(/pulumi state delete '([^']+)'/g)].map(([, urn = ""]) => urn) };
    const [, copy] = COPY.exec(stderr) ?? [];
    if (copy !== undefined && !commands.includes("import of the copy")) {
      const { code: failed, stderr: why } = await world.delivery(...copy.split(" "));
      commands.push("import of the copy");
      if (failed !== 0) return { problem: `the copy cannot be imported: ${why}` };
      continue;
    }
    const further = answersTo(stderr).filter((one) => !answers.includes(one));
    if (further.length === 0) return { problem: `recover fails: ${stderr}` };
    answers.push(...further);
  }
}

/** As `recover` names an object that is there besides the one in the state. */
const DOUBLE = /Sentry key .* exists more than once: .* and there is ([^\s,]+)/;

/**
 * After a run that ended well: asks `recover` for objects that a vendor's plugin has made twice, by sending a request
 * again whose answer was lost, and deletes at the service what it names.
 * @returns what was done; undefined when it names none.
 */
export async function removeDoubles(world: RecoverWorld): Promise<string[] | undefined> {
  const { stdout, stderr } = await world.delivery("recover", "--yes");
  const [, double] = DOUBLE.exec(stdout + stderr) ?? [];
  if (double === undefined) return undefined;
  const [organization, project, key] = double.split("/");
  await world.sentry("DELETE", `projects/${organization}/${project}/keys/${key}/`);
  return ["recover", "delete of the double"];
}
