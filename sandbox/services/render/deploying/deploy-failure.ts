/** A deploy that does not come to serve. */
import type { InstanceFailureReason } from "../events.ts";
import type { DeployStatus } from "../model.ts";

/** Says how the deploy ends, in words for its log and in Render's terms for its history. */
export class DeployFailure extends Error {
  readonly status: DeployStatus;
  readonly reason: InstanceFailureReason;

  constructor(status: DeployStatus, message: string, failure: { nonZeroExit?: number; unhealthy?: string } = {}) {
    super(message);
    this.name = "DeployFailure";
    this.status = status;
    this.reason = { failure: { evicted: false, ...failure } };
  }
}
