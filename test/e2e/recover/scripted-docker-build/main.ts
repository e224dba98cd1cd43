/** The offline docker-build edition on a builder that builds nothing, and never ends while a file says so. */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync } from "node:fs";
import { serveProvider } from "../../../../providers/kit/server.ts";
import type { Build } from "../../../../sandbox/offline-plugins/docker-build/plugin/build.ts";
import { dockerBuildProvider } from "../../../../sandbox/offline-plugins/docker-build/plugin/provider.ts";

const build: Build = async ({ signal, tags }, environment) => {
  const log = environment["BUILD_LOG"] ?? "";
  appendFileSync(log, `${tags.join(" ")}\n`);
  if (existsSync(`${log}.hold`)) {
    // An interval keeps the process alive; a promise by itself does not.
    await new Promise((_resolve, reject) => {
      const alive = setInterval(() => {}, 60_000);
      signal.addEventListener("abort", () => {
        clearInterval(alive);
        reject(signal.reason);
      });
    });
  }
  return { digest: `sha256:${createHash("sha256").update(tags.join(" ")).digest("hex")}` };
};

await serveProvider(dockerBuildProvider(build));
