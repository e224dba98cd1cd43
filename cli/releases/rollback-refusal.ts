/** A rollback of the site alone that cannot be: the site needs something that no `up` has made yet. */
import { nameOf } from "../recover/exported-stack.ts";
import type { Report } from "../report/index.ts";
import { UserError } from "../user-error.ts";

/** The engine's error 2013, for a resource outside its targets that does not exist. */
const NOT_TARGETED = /depends on '(urn:pulumi:[^']+)' which was was not specified in --target list/g;

/** Throws UserError, naming what is missing, when that is why a run has failed. */
export function refuseUndeployed({ diagnostics }: Report, tag: string): void {
  const missing = diagnostics.flatMap(({ message }) => [...message.matchAll(NOT_TARGETED)].map(([, urn = ""]) => urn));
  if (missing.length === 0) return;
  const names = [...new Set(missing.map(nameOf))].join(", ");
  throw new UserError(
    `The site as it is configured now needs what is not deployed yet: ${names}. Nothing was changed.`,
    `Take that change back, or do all that is pending with it: \`npx --no delivery rollback ${tag} --all\` shows the whole plan first.`,
  );
}
