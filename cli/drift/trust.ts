/** Keeps a token without access from being taken for a deletion of everything. */
import type { CommandContext } from "../command-context.ts";
import { kindOf } from "../report/catalogue/index.ts";
import type { Service, UnreadService } from "../report/index.ts";
import { testedBy, tokenOf } from "./failing-services.ts";
import type { Judgement } from "./judge.ts";
import { sightOf } from "./sight.ts";

/** What may be believed. */
export interface Trusted {
  /** Without the services whose answers are not believed. */
  readonly judgements: readonly Judgement[];
  /** What speaks for a deletion that is believed, as sentences. */
  readonly notes: readonly string[];
  readonly unread: readonly UnreadService[];
}

/** Types that are settings of another resource's object. */
const SETTINGS = new Set(["github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts"]);

/** Asks about the account where everything that the stack has at a service is gone. */
export async function trusted(
  judgements: readonly Judgement[],
  context: Pick<CommandContext, "env" | "signal">,
): Promise<Trusted> {
  const notes: string[] = [];
  const unread: UnreadService[] = [];
  for (const [service, ofService] of byService(judgements)) {
    // A setting of an object that is gone reads as switched off, and is no sign of life.
    const objects = ofService.filter(({ reading }) => !SETTINGS.has(reading.type));
    if (objects.length === 0 || !objects.every(({ outside }) => outside === "deleted")) continue;
    const gone = ofService.map(({ reading }) => reading);
    const nothing = `${service} answers that nothing of the stack exists there (404), as it does to a token without access.`;
    const mend = testedBy(tokenOf(service));
    try {
      const { credible, said } = await sightOf(service, gone, context);
      if (!credible) unread.push({ service, problem: `${nothing} ${said} ${mend}` });
      else if (said !== undefined) notes.push(`${nothing} ${said}`);
    } catch (error) {
      context.signal.throwIfAborted();
      unread.push({
        service,
        problem: `${nothing} Its account could not be asked: ${(error as Error).message} ${mend}`,
      });
    }
  }
  const left = new Set(unread.map(({ service }) => service));
  return {
    judgements: judgements.filter(({ reading }) => !left.has(kindOf(reading.type).service)),
    notes,
    unread,
  };
}

function byService(judgements: readonly Judgement[]): Map<Service, Judgement[]> {
  return Map.groupBy(judgements, ({ reading }) => kindOf(reading.type).service);
}
