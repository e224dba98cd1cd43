/** What may stand under `delivery:database`. */
import { count, flag, oneOf, optionalPart, text } from "../lib/configuration-fields.ts";
import { NEW_POSTGRES_PLANS, POSTGRES_VERSIONS } from "../providers/render/vendor-values.ts";
import { allowedAddresses } from "./allowed-addresses.ts";

const VERSIONS = `${POSTGRES_VERSIONS[0]} to ${POSTGRES_VERSIONS.at(-1)}`;

/** The database of the environment's site. */
export const database = optionalPart({
  name: text("the database's name at Render", "site-production", /^[\w-]{1,63}$/).optional(),
  plan: oneOf("the plan", NEW_POSTGRES_PLANS),
  // Without a default: Render cannot change it later, so a newer default would ask for another database.
  version: text(`a major version of Postgres, ${VERSIONS}`, "17", new RegExp(`^(?:${POSTGRES_VERSIONS.join("|")})$`)),
  // Left out, it is what Render gives the plan.
  diskSizeGB: count(
    "the gigabytes of its disk: 1, or a multiple of 5; it can grow, never shrink",
    1,
    16_384,
  ).optional(),
  highAvailability: flag("whether a standby takes over when the database fails").default(false),
  allow: allowedAddresses,
});
