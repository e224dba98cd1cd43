/** What may stand under `delivery:cache`. */
import { oneOf, optionalPart, text } from "../lib/configuration-fields.ts";
import { MAXMEMORY_POLICIES, NEW_KEY_VALUE_PLANS, PERSISTENCE_MODES } from "../providers/render/vendor-values.ts";
import { allowedAddresses } from "./allowed-addresses.ts";

/** The cache of the environment's site, which may be the queue of its tasks as well. */
export const cache = optionalPart({
  name: text("the cache's name at Render", "site-production", /^[\w-]{1,63}$/).optional(),
  plan: oneOf("the plan", NEW_KEY_VALUE_PLANS),
  // A queue of tasks takes `noeviction`: the others drop keys when the memory is full.
  evictionPolicy: oneOf("what is dropped when the memory is full", MAXMEMORY_POLICIES).default("allkeys_lru"),
  // Left out, it is what Render gives the plan: of a paid one a journal and snapshots, of a free one nothing.
  persistence: oneOf("how it is kept on disk", PERSISTENCE_MODES).optional(),
  allow: allowedAddresses,
});
