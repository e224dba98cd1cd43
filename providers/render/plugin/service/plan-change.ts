/** Which instance type a service can be given: Render's request for a change takes paid plans only (`paidPlan`). */
import type { CheckFailure } from "../../../kit/resource.ts";
import { PAID_PLANS } from "../../vendor-values.ts";
import type { ServiceInputs } from "./inputs.ts";

/** What is wrong with a declared plan, of a service that has another one; a new service, without one, may be `free`. */
export function planProblem(declared: string | undefined, present: string | undefined): string | undefined {
  if (declared === undefined || present === undefined || declared === present) return undefined;
  if (PAID_PLANS.some((plan) => plan === declared)) return undefined;
  const reason =
    declared === "free" ? `Render takes "free" for a new service only` : `Render changes no service to "${declared}"`;
  return (
    `${reason}, and this one has "${present}". Declare "${present}" or another paid plan (${PAID_PLANS.join(", ")}), or delete the ` +
    "service so that the next run makes it anew, with another address and without what was set by hand"
  );
}

/** Checks the plan against the one that the state has; a service that will be replaced is a new one. */
export function checkPlanChange(inputs: Partial<ServiceInputs>, prior?: Partial<ServiceInputs>): CheckFailure[] {
  const { ownerId, region } = inputs;
  const isReplaced = prior && ((ownerId && ownerId !== prior.ownerId) || (region && region !== prior.region));
  const reason = planProblem(inputs.plan, isReplaced ? undefined : prior?.plan);
  return reason ? [{ property: "plan", reason }] : [];
}
