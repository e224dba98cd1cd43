/** Why a stack is not sealed. */
import type { RunResult } from "../child-process.ts";
import { errorsOf } from "../pulumi.ts";
import { UserError } from "../user-error.ts";
import { type KnownSecret, type Leak, leaksIn } from "./scan.ts";
import { pathText } from "./secret-value.ts";
import type { Snapshot } from "./snapshot.ts";
import { differencesBetween, type Steps } from "./steps.ts";

/** As many as one reads. */
const SHOWN = 10;

/** Throws UserError, naming secret and place, when one of the secrets can be read or guessed in the snapshot. */
export function refuseLeaks(snapshot: Snapshot, secrets: readonly KnownSecret[]): void {
  const leaks = leaksIn(snapshot, secrets).map(
    (leak) => `${leak.secret}: ${leak.form} stands in ${place(leak, snapshot)}`,
  );
  if (leaks.length === 0) return;
  throw new UserError(
    `The stack is not sealed: a secret would be in the snapshot.\n${listed(leaks)}`,
    "The same text stands unprotected in the state or the settings. Make it a secret there, too (`npm run pulumi -- config set " +
      "--secret`), or a value of its own, run `npx --no delivery up`, and seal again.",
  );
}

/** The resource's URN in place of its number. */
function place({ place: path }: Leak, { state }: Snapshot): string {
  const [first, second, third, index, ...rest] = path;
  if (first !== "state" || second !== "deployment" || third !== "resources" || typeof index !== "number")
    return pathText(path);
  return `${pathText(rest)} of ${state.deployment.resources[index]?.urn.split("::").slice(2).join("::")}`;
}

/** Throws UserError, naming resource and property, when the previews differ. */
export function refuseDifferences(real: Steps, sealed: Steps): void {
  const differences = differencesBetween(real, sealed);
  if (differences.length === 0) return;
  throw new UserError(
    `The stack is not sealed: without its secrets it previews otherwise.\n${listed(differences)}`,
    "Run `npx --no delivery up`, so that the stack is as the program says, and seal again. If that does not help, the program " +
      "decides something by the value of a secret: docs/sealed-previews.md, What cannot be sealed.",
  );
}

/** Throws UserError when the preview without secrets failed. */
export function refuseFailure(result: RunResult): void {
  if (result.code === 0) return;
  throw new UserError(
    `The stack is not sealed: its preview fails without its secrets. ${errorsOf(result)}`,
    "The program or a plugin needs the value of a secret: docs/sealed-previews.md, What cannot be sealed.",
  );
}

function listed(lines: readonly string[]): string {
  const distinct = [...new Set(lines)];
  const shown = distinct.slice(0, SHOWN).map((line) => `  ${line}`);
  return [...shown, ...(distinct.length > SHOWN ? [`  and ${distinct.length - SHOWN} more`] : [])].join("\n");
}
