/** The plugin with a client that takes a short silence for a lost answer, and waits less between attempts. */

import { CircleciClient } from "../../../providers/circleci/plugin/client.ts";
import { circleciProvider } from "../../../providers/circleci/plugin/provider.ts";
import { serveProvider } from "../../../providers/kit/server.ts";
import { PATIENCE } from "./patience.ts";

await serveProvider({
  ...circleciProvider,
  configure: (_, env) => new CircleciClient(env["CIRCLE_TOKEN"] ?? "", env["CIRCLE_BASE_URL"], PATIENCE),
});
