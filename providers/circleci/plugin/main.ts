/** Entry of the plugin's process. */
import { serveProvider } from "../../kit/server.ts";
import { circleciProvider } from "./provider.ts";

await serveProvider(circleciProvider);
