/** The offline docker-build edition on a builder that builds nothing: an image is its reference. */
import { serveProvider } from "../../../../providers/kit/server.ts";
import { dockerBuildProvider } from "../../../../sandbox/offline-plugins/docker-build/plugin/provider.ts";
import { scriptedDigest } from "../../../../sandbox/services/render/scripted-runner.ts";

await serveProvider(dockerBuildProvider(async ({ tags }) => ({ digest: scriptedDigest(tags[0] ?? "") })));
