/** Variables of the team's that name what the chain declares for the site. */
import { type Problem, removeCommand, setCommand } from "../lib/configuration-problems.ts";
import type { Configuration } from "./config.ts";

/** What the chain declares, and tells the site. */
export interface Told {
  /** "delivery:database". */
  readonly key: string;
  /** "a database". */
  readonly what: string;
  readonly variable: string;
  /** What to do before the variable goes, as a clause. */
  readonly first: string;
}

/** The site has one of a kind: which of two it is told would be a guess. */
export function* declaredElsewhere(
  { key: of, what, variable, first }: Told,
  { secretVariables, site }: Configuration,
): Generator<Problem> {
  const problem = `names ${what}, and ${of} declares another one for the site`;
  const places = { "delivery:secretVariables": secretVariables, "delivery:site.variables": site?.variables ?? {} };
  for (const [place, variables] of Object.entries(places)) {
    const key = `${place}.${variable}`;
    const mend = `${setCommand(of, "off")}   or, ${first}: ${removeCommand(key)}`;
    if (variable in variables) yield { key, problem, mend };
  }
}
