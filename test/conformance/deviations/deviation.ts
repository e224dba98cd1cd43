/** A place where the traffic is not as a vendor describes or was recorded to answer. */
import type { ServiceName } from "../../../sandbox/services/core/service.ts";

/** One reason, and what it explains. */
export interface Deviation {
  readonly service: ServiceName;
  /** Operations as the description names them; for one that is not described its path, where `*` is any one part. */
  readonly routes: readonly string[];
  /** Problems, in the words of the check. */
  readonly problems: readonly string[];
  readonly reason: string;
  /** The rule of the emulation that the row comes of, in the words of the table of rules. */
  readonly rule?: string;
}
