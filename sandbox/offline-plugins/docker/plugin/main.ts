/** Serves the offline edition of the docker plugin. */
import { serveProvider } from "../../../../providers/kit/server.ts";
import { provider } from "./provider.ts";

await serveProvider(provider);
