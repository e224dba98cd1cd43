/** What builds the image: a BuildKit builder, as the docker-build plugin looks for one. */
import { deliveryOf } from "../../../infra/delivery.ts";
import { isBuilderReachable, isReachable, knownBuilders } from "../../docker-host/builders.ts";
import { dockerEngine } from "../../docker-host/engine-address.ts";
import { partCheck } from "../check.ts";
import { ok, problem, warn } from "../finding.ts";

export const builder = partCheck("image", {
  id: "builder",
  area: "Here",
  title: "builder of images",
  asks:
    "Reads `$DOCKER_CONFIG/buildx/instances/`, where the docker-build plugin looks, and dials each builder's address; without one, " +
    "dials the Docker engine of DOCKER_HOST or of the context in use, in which the plugin would start a builder.",
  finds: "Neither a builder nor a Docker engine listens, so `up` could build no image.",
  applies: (image, { declares }) => deliveryOf(image).builtBy === "program" && declares !== "shared",
  async run(_image, context) {
    const { env, signal } = context;
    const builders = await knownBuilders(env);
    for (const one of builders) {
      if (await isBuilderReachable(one, env, signal)) return ok(`${one.Name} (${one.Driver})`);
    }
    const engine = await dockerEngine(env);
    if (await isReachable(engine, signal)) {
      return builders.length === 0
        ? ok("none yet: the plugin starts one in the Docker engine, from an image on Docker Hub")
        : warn("no builder can be reached; the plugin starts a new one in the Docker engine", "docker buildx ls");
    }
    const mend =
      "Start Docker, or add a builder: docker buildx create --driver remote ADDRESS; or set image.delivery to pinned.";
    return problem(`neither a builder nor the Docker engine (${engine}) can be reached`, mend);
  },
});
