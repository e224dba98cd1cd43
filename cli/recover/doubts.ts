/** What reads as gone and is not believed to be: a token without access gets the same answer. */
import type { Judgement } from "../drift/judge.ts";
import { resourceName } from "../report/messages.ts";

/**
 * The command for each such resource, for whoever knows that it is gone: no answer of the service can tell.
 * @param believed what is left of the judgements without those that are not believed.
 */
export function doubts(judgements: readonly Judgement[], believed: readonly Judgement[]): string[] {
  return judgements
    .filter((judgement) => judgement.reading.found === undefined && !believed.includes(judgement))
    .map(
      ({ reading: { urn } }) =>
        `${resourceName(urn)} stays in the state. If you know that it is gone, take it out: ` +
        `npx --no delivery pulumi state delete '${urn}'`,
    );
}
