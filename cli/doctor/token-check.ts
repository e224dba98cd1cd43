/** Checks of a token: is it there, and does its service accept it. */

import { type ServedPart, tokenOfPart } from "../../infra/parts.ts";
import type { ReadAnswer } from "../services/reader.ts";
import { unexpected } from "./answer.ts";
import type { Check, CheckContext } from "./check.ts";
import { type Finding, notChecked, problem } from "./finding.ts";

/** What is particular to a service's token. */
export interface TokenCheck extends Pick<Check, "id" | "area" | "title" | "asks" | "finds"> {
  readonly part: ServedPart;
  /** What to make, and where: `a personal API token, made under User Settings`. */
  readonly kind: string;
  /** Asks the service. */
  ask(context: CheckContext): Promise<ReadAnswer>;
  /** What an accepted token shows. */
  accepted(answer: ReadAnswer): Finding | readonly Finding[];
  /** Further statuses that mean that it is accepted. */
  readonly alsoAccepted?: readonly number[];
}

/** Makes the check. */
export function tokenCheck({ part, kind, ask, accepted, alsoAccepted = [], ...check }: TokenCheck): Check {
  const variable = tokenOfPart(part);
  const mend = `export ${variable}=...   (${kind})`;
  return {
    ...check,
    applies: ({ parts }) => parts[part] !== "off",
    async run(context) {
      if (!context.env[variable]) {
        const unknown = context.facts.parts[part] === "unknown";
        return unknown
          ? notChecked(`${variable} is not in the environment, and whether it is needed is not known`, mend)
          : problem(`${variable} is not in the environment`, mend);
      }
      const answer = await ask(context);
      if (answer.status === 401) return problem(`${variable} is not accepted: wrong, expired or withdrawn`, mend);
      if (answer.status !== 200 && !alsoAccepted.includes(answer.status)) throw unexpected(answer);
      return accepted(answer);
    },
  };
}
