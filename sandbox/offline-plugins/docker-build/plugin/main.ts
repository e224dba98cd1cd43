/** Serves the offline edition of the docker-build plugin. */
import { serveProvider } from "../../../../providers/kit/server.ts";
import type { Build } from "./build.ts";
import { dockerBuildProvider } from "./provider.ts";

// Loaded with the first build: a preview needs no container engine and should not wait for its code.
const build: Build = async (request, environment) => {
  const { buildAndPush } = await import("../../../docker/builder.ts");
  return buildAndPush(request, environment);
};

await serveProvider(dockerBuildProvider(build));
