/** Values with which settings load in a build or a check: they can be read by everybody, so no real one belongs there. */
import { type Problem, removeCommand } from "../lib/configuration-problems.ts";
import { credentialIn } from "../lib/token-formats.ts";
import type { Configuration } from "./config.ts";

/** A service beside the job, or a place that is nowhere ("Special-Use Domain Names"). */
const NOWHERE =
  /:\/\/[^\s/@]*@(?:localhost|127\.0\.0\.1|\[::1\]|[\w-]+|[\w.-]*\b(?:example|invalid|test|localhost)(?:\.(?:com|net|org))?)(?::\d+)?(?:[/?#'"\s]|$)/gi;

/** What credential is in a text, logins of a service that is nowhere left aside; undefined for none. */
export function realCredentialIn(text: string): string | undefined {
  return credentialIn(text.replaceAll(NOWHERE, "://nowhere/"));
}

/** Every value that looks like a real credential. */
export function* throwAwayProblems({ image, pipeline }: Configuration): Generator<Problem> {
  const places = {
    "delivery:image.buildVariables": [image?.buildVariables, "the image's history shows it"],
    "delivery:pipeline.variables": [pipeline?.variables, "it stands in the repository"],
  } as const;
  for (const [place, [variables = {}, why]] of Object.entries(places))
    for (const [name, value] of Object.entries(variables)) {
      const kind = realCredentialIn(value);
      const key = `${place}.${name}`;
      if (kind)
        yield { key, problem: `holds ${kind}, and ${why}; a made-up value is enough`, mend: removeCommand(key) };
    }
}
