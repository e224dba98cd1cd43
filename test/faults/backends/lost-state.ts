/** A first `up` whose state can no longer be written, from a call on that has taken effect. */
import { isDeepStrictEqual } from "node:util";
import { context } from "../../e2e/recover/creations.ts";
import type { RecoverWorld } from "../../e2e/recover/world.ts";
import { useOwnStackFile } from "../../e2e/support/own-stack-file.ts";
import { followAdvice } from "../engine/advice.ts";
import type { LossyBackend } from "./lossy-backend.ts";

/** What came of it. */
export interface LostState {
  /** All that the disturbed run said. */
  readonly said: string;
  readonly commands: readonly string[];
  readonly problem?: string;
}

/**
 * Runs it as a user does, follows what is advised when the backend works again, and compares with an undisturbed `up`,
 * which is run first, in the world's own backend. The world is of no use for anything else after that.
 */
export async function upWithLostState(world: RecoverWorld, backends: readonly LossyBackend[]): Promise<LostState[]> {
  const { chain, home } = world;
  await chain.succeed("up", "--yes", "--skip-preview");
  const expected = await chain.console.state();
  await useOwnStackFile(chain);
  delete home.env["PULUMI_OPTION_CONFIG_FILE"];
  const ends: LostState[] = [];
  for (const backend of backends) {
    await chain.console.reset();
    for (const env of [chain.home.env, home.env]) Object.assign(env, backend.env);
    await chain.succeed("stack", "init", "sandbox");
    ends.push(await oneUp(world, backend, expected));
  }
  return ends;
}

async function oneUp(world: RecoverWorld, backend: LossyBackend, expected: object): Promise<LostState> {
  const { chain } = world;
  await world.withholdAnswer(context, "after");
  const run = world.delivery("up", "--yes", "--no-policy");
  const isHit = async (): Promise<void> => {
    while ((await chain.console.faultsHit()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const early = await Promise.race([isHit(), run]);
  if (early) throw new Error(`up ended before its first call: ${early.stdout}${early.stderr}`);
  await backend.lose();
  await world.release();
  const { code, stdout, stderr } = await run;
  await backend.heal();
  const said = stdout + stderr;
  if (code === 0) return { said, commands: [], problem: "up has ended well without a state" };
  const followed = await followAdvice(world, "up");
  if (followed.problem !== undefined) return { said, ...followed };
  const counts = await chain.console.state();
  const problems = [
    ...(isDeepStrictEqual(counts, expected) ? [] : [`there is ${JSON.stringify(counts)}`]),
    ...(await failure(world, "preview", "--refresh", "--diff", "--expect-no-changes")),
    ...(await failure(world, "destroy", "--yes", "--skip-preview", "--run-program")),
  ];
  const left = Object.values(await chain.console.state()).flatMap((kinds) => Object.entries(kinds));
  problems.push(...left.flatMap(([kind, count]) => (count === 0 ? [] : [`${count} ${kind} are left`])));
  return { said, commands: followed.commands, ...(problems.length > 0 && { problem: problems.join("; ") }) };
}

async function failure({ chain }: RecoverWorld, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await chain.pulumi(...args);
  return code === 0 ? [] : [`${args[0]} fails: ${stdout}${stderr}`];
}
