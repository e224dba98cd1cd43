/** What Render offers for a key value store of a plan, as far as its documents tell. */
import type { CheckFailure } from "../../../kit/resource.ts";
import { NEW_KEY_VALUE_PLANS } from "../../vendor-values.ts";
import { allowListProblems } from "../datastore/allow-list.ts";
import type { KeyValueInputs } from "./inputs.ts";

/** Checks that the schema cannot express. Unknown values are absent. */
export function checkKeyValue({ plan, persistenceMode, ipAllowList }: Partial<KeyValueInputs>): CheckFailure[] {
  const keeps = persistenceMode !== undefined && persistenceMode !== "off";
  const reason = 'is for paid plans ("Render Key Value"); leave it out, or declare a larger plan';
  return [
    ...(plan === "free" && keeps ? [{ property: "persistenceMode", reason }] : []),
    ...allowListProblems(ipAllowList),
  ];
}

/**
 * A smaller plan, which Render refuses ("Render Key Value", instance types). A replacement would do, at the price of what
 * is in the store: that is for a person to ask for. Unknown values are absent.
 */
export function planRefusals(is: string | undefined, wanted: string | undefined): CheckFailure[] {
  const [before, after] = [is, wanted].map((plan) => (NEW_KEY_VALUE_PLANS as readonly unknown[]).indexOf(plan));
  if (before === undefined || after === undefined || before < 0 || after < 0 || after >= before) return [];
  const reason =
    `is "${is}", and Render makes no key value store smaller. Declare "${is}" or a larger plan; or, when what is in it ` +
    "may be lost, make another store under another name and delete this one when nothing uses it";
  return [{ property: "plan", reason }];
}
