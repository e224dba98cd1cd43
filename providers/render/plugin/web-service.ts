/** The WebService resource. */
import { serviceDefinition } from "./service/definition.ts";
import { WEB_SERVICE } from "./service/kinds.ts";

/** A web service that runs an image. */
export const webService = serviceDefinition(
  WEB_SERVICE,
  "A web service on Render that runs a container image (Render Public API, Services). Create and update follow the " +
    "deploy until it is live, as long as Render itself lets each of its steps take; `customTimeouts` shorten that. A failed " +
    "deploy leaves the old image serving. Import by id (`srv-…`) or name.",
);
