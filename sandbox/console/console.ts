/** What the console shows and steers. */
import type { Faults } from "../services/core/faults.ts";
import type { Masker } from "../services/core/masking.ts";
import type { EmulatedService } from "../services/core/service.ts";
import type { Traffic } from "../services/core/traffic.ts";
import type { Story } from "./story.ts";

/** The sandbox as the console sees it. */
export interface Console {
  readonly traffic: Traffic;
  readonly faults: Faults;
  /** Takes secrets out of what the page shows, also where the traffic is recorded raw. */
  readonly masker: Masker;
  /** The services, as they are since the last reset. */
  services(): readonly EmulatedService[];
  /** Pull requests and pipelines, as they are since the last reset. */
  story(): Story;
  /** Lists the image registry; absent where there is none. */
  readonly images?: ImageLister;
  /** Ends event streams when the host stops. */
  readonly stopping: AbortSignal;
  /** Forgets every object, call and fault. */
  reset(): Promise<void>;
}

/** A tag in the image registry. */
export interface StoredImage {
  readonly repository: string;
  readonly tag: string;
  /** sha256:... */
  readonly digest: string;
}

/** Lists the registry's tags, the oldest known first. Rejects when the registry does not answer. */
export type ImageLister = () => Promise<readonly StoredImage[]>;
