/** What does not agree in the settings of a cache, by Render's own rules, and with the rest of the configuration. */
import { type Problem, removeCommand, setCommand } from "../lib/configuration-problems.ts";
import type { Configuration } from "./config.ts";
import { declaredElsewhere } from "./declared-elsewhere.ts";
import { CACHE_VARIABLE } from "./variables.ts";

const KEY = "delivery:cache";

/** Every such problem; none while the cache is `off`. */
export function* cacheProblems(configuration: Configuration): Generator<Problem> {
  const { cache, site } = configuration;
  if (!cache) return;
  const problem = "has no site: it has a site's region and workspace";
  if (!site) yield { key: KEY, problem, mend: setCommand(KEY, "off") };
  if (cache.plan === "free" && cache.persistence !== undefined && cache.persistence !== "off") {
    const key = `${KEY}.persistence`;
    const mend = `${setCommand(`${KEY}.plan`, "starter")}   or: ${removeCommand(key)}`;
    yield { key, problem: "is for paid plans: a free cache keeps nothing", mend };
  }
  const first = "once nothing of it is needed any more (docs/cache.md)";
  yield* declaredElsewhere({ key: KEY, what: "a cache", variable: CACHE_VARIABLE, first }, configuration);
}
