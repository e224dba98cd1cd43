/** The one thing that the edition needs of a container engine. */
import type { BuildRequest, PushedImage } from "../../../docker/build/request.ts";

/** Builds an image and pushes all its tags. Rejects with a message that is shown as it is. */
export type Build = (request: BuildRequest, environment: NodeJS.ProcessEnv) => Promise<PushedImage>;
