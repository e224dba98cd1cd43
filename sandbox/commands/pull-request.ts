/** `sandbox pull-request`: what a team does with a change, on the sandbox that serves from the state folder. */
import { Command, InvalidArgumentError } from "commander";
import { UserError } from "../../cli/user-error.ts";
import { defaultStateDir } from "../paths.ts";
import { findRunning } from "../running.ts";
import { defaultAccount } from "../services/core/account.ts";
import { gitProblem } from "../services/github/git/run.ts";
import { teamAt } from "../story/pull-requests.ts";

interface Options {
  readonly state: string;
  readonly failing: boolean;
  readonly approve?: number;
  readonly merge?: number;
}

/** The command. */
export function pullRequestCommand(): Command {
  return new Command("pull-request")
    .description("Push a branch with a change of the sample site and of the stack's file, and open its pull request.")
    .option("--state <folder>", "folder of the sandbox's state", defaultStateDir)
    .option("--failing", "with a change for which a test of the site fails", false)
    .option("--approve <number>", "approve a pull request instead, as another member", parseNumber)
    .option("--merge <number>", "merge a pull request instead, as its author", parseNumber)
    .action(run);
}

async function run({ state, failing, approve, merge }: Options): Promise<void> {
  const world = await findRunning(state);
  if (!world) throw new UserError(`No sandbox serves from ${state}.`, "Run `npm start` in another terminal first.");
  const problem = await gitProblem();
  if (problem) throw new Error(problem);
  const team = teamAt(world.services["github"] ?? "", defaultAccount);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (approve !== undefined) {
    await team.approve(approve);
    say(`Pull request ${approve} is approved.`);
  }
  if (merge !== undefined) {
    await team.merge(merge);
    say(`Pull request ${merge} is merged.`);
  }
  if (approve !== undefined || merge !== undefined) return;
  const { number, title } = await team.openPullRequest({ failing });
  say(`Pull request ${number} is open: ${title}.`);
  say(`Its checks, and what it changes: ${world.console}/#pull-requests`);
  say(`Once they have passed: npm run sandbox -- pull-request --approve ${number} --merge ${number}`);
}

function parseNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(`"${value}" is not a number of one.`);
  return number;
}
