/** Where the Docker engine is that builds the image, and how the Pulumi CLI is told. */
export { handOverDockerHost } from "./hand-over.ts";
export { recordedDockerHost } from "./recorded.ts";
