import { removeCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { ERROR_KEY, ERROR_PROJECT, KEY_VALUE, POSTGRES, REPOSITORY, WEB_SERVICE } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** Nothing in production that holds data or a key can be deleted by mistake. */
export const protectedData: ResourceRule = {
  name: "protected-data",
  title:
    "What holds production's data and keys is protected: repository, Sentry project and key, site, database, cache.",
  where: "production",
  level: "mandatory",
  severity: "critical",
  reason:
    "Otherwise a changed line can make the engine delete or replace it, and the history, the DSN, Django's key or the data is lost.",
  mend: `Production protects it by itself: \`${removeCommand("delivery:protect")}\`.`,
  types: [REPOSITORY, ERROR_PROJECT, ERROR_KEY, WEB_SERVICE, POSTGRES, KEY_VALUE],
  *check(resource) {
    if (!resource.protect) yield { problem: `${labelOf(resource)} is not protected.` };
  },
};
