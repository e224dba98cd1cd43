/** Environment variables without which settings do not load, held against what the build, the checks and the site have. */
import { type Problem, setCommands, setSecretCommand } from "../../lib/configuration-problems.ts";
import { mayBeSecretByName } from "../../lib/secret-names.ts";
import { variablesAt, variablesFoundAtSite } from "../variables.ts";
import { isOwnDockerfile } from "./build-arguments.ts";
import type { Examined } from "./examined.ts";

/** What Render tells a site by itself ("Default Environment Variables"). */
const TOLD_BY_RENDER = /^RENDER\w*$/;

/** The variables that are read and not set, by the place that lacks them. */
export function* unsetVariables(examined: Examined): Generator<Problem> {
  const { configuration, facts, dockerfile } = examined;
  const { image, pipeline, secretVariables = {}, site } = configuration;
  const { settings } = facts.serving;
  const read = settings.required();
  const missing = (known: readonly string[]): string[] => read.filter((name) => !known.includes(name));
  if (image && isOwnDockerfile(dockerfile) && image.buildArguments["COLLECTSTATIC"] !== "off") {
    const names = missing([...variablesAt("build", configuration), ...Object.keys(image.buildVariables)]);
    yield* lacking("delivery:image.buildVariables", names, " while static files are collected", setCommands);
  }
  if (pipeline?.variables) {
    const names = missing([...variablesAt("checks", configuration), ...Object.keys(pipeline.variables)]);
    yield* lacking("delivery:pipeline.variables", names, " in the checks", setCommands);
  }
  if (!site?.variables) return;
  const given = [
    ...variablesFoundAtSite(configuration),
    ...Object.keys(site.variables),
    ...Object.keys(secretVariables),
  ];
  const names = missing(given).filter((one) => !TOLD_BY_RENDER.test(one));
  const isSecret = (name: string): boolean => mayBeSecretByName(name) || /_UR[IL]$/.test(name);
  const plain = names.filter((name) => !isSecret(name));
  yield* lacking("delivery:site.variables", plain, " in the site", setCommands);
  yield* lacking("delivery:secretVariables", names.filter(isSecret), " in the site", (keys) =>
    keys.map(setSecretCommand).join(" && "),
  );
}

/** One finding for all that a map of variables lacks: a project may read dozens. */
function* lacking(
  map: string,
  names: readonly string[],
  where: string,
  fix: (keys: readonly string[]) => string,
): Generator<Problem> {
  const keys = names.map((name) => `${map}.${name}`);
  const [only] = keys;
  if (only === undefined) return;
  const mend = fix(keys);
  if (keys.length === 1) yield { key: only, problem: `is missing: the settings do not load without it${where}`, mend };
  else
    yield {
      key: map,
      problem: `lacks ${names.join(", ")}: the settings do not load without them${where}`,
      mend,
    };
}
