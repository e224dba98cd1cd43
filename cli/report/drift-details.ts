/** What a report of drift has besides. */
import type { Service, Side } from "./change.ts";

/** One value that was changed at a service, and of which an update sees no difference. */
export interface LeftAlone {
  readonly urn: string;
  readonly service: Service;
  readonly kind: string;
  readonly label: string;
  /** e.g. `image`. */
  readonly path: string;
  /** As the last `up` or refresh left it. */
  readonly before: Side;
  /** As the service has it now. */
  readonly after: Side;
  /** Why an update leaves it, or what to do about it; a sentence. */
  readonly reason: string;
  /** Whether it counts as drift all the same: the chain does not work as declared, although no input differs. */
  readonly isDrift: boolean;
}

/** A service whose answers could not be had or trusted. */
export interface UnreadService {
  readonly service: Service;
  /** What is wrong and what to do, as sentences. */
  readonly problem: string;
}

/** What a comparison with the services found besides what `up` would put back. */
export interface DriftDetails {
  readonly leftAlone: readonly LeftAlone[];
  /** What could not be compared, and what makes a deletion doubtful; as sentences. */
  readonly notes: readonly string[];
  readonly unread: readonly UnreadService[];
  /** Other changes of the next update, as `kind label`: the program is newer, or they follow. They are no drift. */
  readonly pending: readonly string[];
}
