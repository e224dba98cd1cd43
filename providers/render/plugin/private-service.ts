/** The PrivateService resource. */
import { serviceDefinition } from "./service/definition.ts";
import { PRIVATE_SERVICE } from "./service/kinds.ts";

/** A private service that runs an image. */
export const privateService = serviceDefinition(
  PRIVATE_SERVICE,
  "A private service on Render: a container image that listens, and that services of the same workspace and region alone " +
    "reach (Render Public API, Services; Private Services). Create and update follow the deploy until it is live: a port is " +
    "open. A failed deploy leaves the old image serving. Import by id (`srv-…`) or name.",
);
