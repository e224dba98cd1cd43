/** Entry of the plugin's process. */
import { serveProvider } from "../../kit/server.ts";
import { renderProvider } from "./provider.ts";

await serveProvider(renderProvider);
