/**
 * Resources that the state holds otherwise than they are: gone at the service, or marked by an update that failed. A
 * `destroy --run-program` that was killed leaves no other trace, and goes on only when these are read again.
 */
import { z } from "zod";
import type { CommandContext } from "../command-context.ts";
import { compare } from "../drift/compare.ts";
import { judge } from "../drift/judge.ts";
import { readingsOf } from "../drift/readings.ts";
import { trusted } from "../drift/trust.ts";
import type { WatchablePulumi } from "../pulumi.ts";
import { resourceName } from "../report/messages.ts";
import { UserError } from "../user-error.ts";
import { doubts } from "./doubts.ts";

/** One of them. */
export interface Stale {
  readonly urn: string;
  readonly what: string;
  /** Why it has to be read again, as a sentence. */
  readonly reason: string;
}

/** What was found. */
export interface StaleResources {
  readonly stale: readonly Stale[];
  /** What could not be compared, and why. */
  readonly notes: readonly string[];
}

const exported = z.object({
  deployment: z
    .object({ resources: z.array(z.object({ urn: z.string(), initErrors: z.array(z.string()).nullish() })).nullish() })
    .nullish(),
});

/**
 * Compares state and services. "Not found" counts only where the token can see the account: a token that has lost its
 * access gets the same answer.
 * @param state the output of `pulumi stack export`.
 */
export async function staleResources(
  pulumi: WatchablePulumi,
  state: string,
  context: Pick<CommandContext, "env" | "signal">,
): Promise<StaleResources> {
  const failed = failedIn(state);
  try {
    const { events, unread: unreadable, programRan } = await compare(pulumi, () => {});
    const judgements = readingsOf(events).read.map((reading) => judge(reading, programRan));
    const { judgements: believed, unread } = await trusted(judgements, context);
    const gone = believed.filter(({ reading }) => reading.found === undefined);
    const stale = gone.map(({ reading: { urn } }) => ({
      ...{ urn, what: resourceName(urn), reason: "It is gone at the service." },
    }));
    const known = new Set(stale.map(({ urn }) => urn));
    const notes = [...unreadable, ...unread].map(({ service, problem }) => `${service}: ${problem}`);
    notes.push(...doubts(judgements, believed));
    return { stale: [...stale, ...failed.filter(({ urn }) => !known.has(urn))], notes };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { stale: failed, notes: [error.message] };
  }
}

function failedIn(state: string): Stale[] {
  const { deployment } = exported.parse(JSON.parse(state));
  return (deployment?.resources ?? []).flatMap(({ urn, initErrors }) =>
    (initErrors ?? []).length > 0 ? [{ urn, what: resourceName(urn), reason: "Its last update failed." }] : [],
  );
}
