/** The plugin with a client that takes a short silence for a lost answer, and waits less between attempts. */
import { serveProvider } from "../../../providers/kit/server.ts";
import { RenderClient } from "../../../providers/render/plugin/client.ts";
import { renderProvider } from "../../../providers/render/plugin/provider.ts";
import { PATIENCE } from "./patience.ts";

await serveProvider({
  ...renderProvider,
  configure: (_, env) => new RenderClient(env["RENDER_API_KEY"] ?? "", env["RENDER_BASE_URL"], PATIENCE),
});
