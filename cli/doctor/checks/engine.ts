/** The engine, and the Node.js that runs the program. */
import semver from "semver";
import type { Check } from "../check.ts";
import { ok, problem } from "../finding.ts";

/** The oldest Node.js that runs TypeScript itself. */
const OLDEST_NODE = "22.18.0";

export const engine: Check = {
  id: "engine",
  area: "Here",
  title: "engine",
  asks: "Looks for `pulumi` on PATH and in the cache, as every command does, and installs nothing.",
  finds: "There is none.",
  async run({ facts }) {
    if (!facts.engine) return problem("there is no Pulumi engine on this machine", "npx --no delivery engine");
    return ok(`Pulumi ${facts.engine.version}`);
  },
};

export const node: Check = {
  id: "node",
  area: "Here",
  title: "Node.js",
  asks: "Compares the version that runs this command, and the program, with the oldest that can.",
  finds: "It is older than 22.18 and cannot run TypeScript.",
  async run() {
    const { node: version } = process.versions;
    if (semver.gte(version, OLDEST_NODE)) return ok(`Node.js ${version}`);
    return problem(
      `Node.js ${version} cannot run the program`,
      `Install Node.js ${OLDEST_NODE} or newer, or use \`npm run\`.`,
    );
  },
};
