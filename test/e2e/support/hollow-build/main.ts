/** Entry of the process of the docker-build edition that builds nothing. */
import { serveProvider } from "../../../../providers/kit/server.ts";
import { hollowBuildProvider } from "./provider.ts";

await serveProvider(hollowBuildProvider());
