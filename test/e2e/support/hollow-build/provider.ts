/**
 * The offline docker-build edition on a builder that builds nothing: an image is its reference. While the file that
 * HOLD_BUILDS names exists, a build begins, says so in it, and does not end.
 */
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import type { Build } from "../../../../sandbox/offline-plugins/docker-build/plugin/build.ts";
import { dockerBuildProvider } from "../../../../sandbox/offline-plugins/docker-build/plugin/provider.ts";
import { scriptedDigest } from "../../../../sandbox/services/render/scripted-runner.ts";

const build: Build = async ({ tags, signal }, environment) => {
  const hold = environment["HOLD_BUILDS"];
  if (hold && existsSync(hold)) {
    writeFileSync(hold, "begun");
    await once(signal, "abort");
    signal.throwIfAborted();
  }
  return { digest: scriptedDigest(tags[0] ?? "") };
};

/** @param folder what relative locations start from. */
export function hollowBuildProvider(folder = process.cwd()): ReturnType<typeof dockerBuildProvider> {
  const provider = dockerBuildProvider(build, folder);
  // Nothing was pushed, so a refresh says at once what the edition says after having asked a silent registry for a while.
  const resources = provider.resources.map((image) => ({
    ...image,
    read: async (context, id, prior) => {
      context.log("warning", "unable to verify image tags, leaving state unchanged: nothing was pushed");
      return prior && { id, ...prior };
    },
  })) satisfies typeof provider.resources;
  return { ...provider, resources };
}
