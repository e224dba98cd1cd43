/** Opens a container world, says so, and stays until it is killed: what a crash of a sandbox looks like. */
import { silentProgress } from "../../cli/progress.ts";
import { openContainerWorld } from "../../sandbox/docker/index.ts";
import { cacheDir } from "../../sandbox/paths.ts";

const [stateDir = ""] = process.argv.slice(2);
const world = await openContainerWorld({ cacheDir: cacheDir(), stateDir, progress: silentProgress });
await world.databases.provide({ database: "notes", user: "notes", password: "kept", version: "17" });
process.stdout.write(`open ${world.kind}\n`);
process.stdin.resume();
