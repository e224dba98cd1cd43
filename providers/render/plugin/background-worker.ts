/** The BackgroundWorker resource. */
import { serviceDefinition } from "./service/definition.ts";
import { BACKGROUND_WORKER } from "./service/kinds.ts";

/** A worker that runs an image. */
export const backgroundWorker = serviceDefinition(
  BACKGROUND_WORKER,
  "A background worker on Render: a container image that runs all the time and that nobody reaches, such as a Celery worker " +
    "(Render Public API, Services; Background Workers). Create and update follow the deploy until it is live: its instance " +
    "keeps running. A failed deploy leaves the old image at work. Import by id (`srv-…`) or name.",
);
