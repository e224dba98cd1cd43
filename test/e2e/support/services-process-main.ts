/** Starts the services that its argument describes, says where they are, and serves until it is killed. */
import { startServices } from "../../../sandbox/services/host.ts";
import { scriptedRunner } from "../../../sandbox/services/render/scripted-runner.ts";
import type { ServicesRequest } from "./services-process.ts";

const { isUnhealthy, ...options } = JSON.parse(process.argv[2] ?? "") as ServicesRequest;
const runner = scriptedRunner();
if (isUnhealthy) runner.script(/./, "unhealthy");
const { close: _, ...running } = await startServices({ ...options, runner });
process.stdout.write(`${JSON.stringify(running)}\n`);
// The end of whoever has started it is its end, too.
process.stdin.resume().once("end", () => process.exit());
