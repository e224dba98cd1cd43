/** Environment variables without which settings do not load, held against what the build, the checks and the site have. */
import { type Problem, setCommand, setSecretCommand } from "../../lib/configuration-problems.ts";
import { mayBeSecretByName } from "../../lib/secret-names.ts";
import { variablesAt, variablesFoundAtSite } from "../variables.ts";
import { isOwnDockerfile } from "./build-arguments.ts";
import type { Examined } from "./examined.ts";

/** What Render tells a site by itself ("Default Environment Variables"). */
const TOLD_BY_RENDER = /^RENDER\w*$/;

/** Each variable that is read and not set, by the place that lacks it. */
export function* unsetVariables(examined: Examined): Generator<Problem> {
  const { configuration, facts, dockerfile } = examined;
  const { image, pipeline, secretVariables = {}, site } = configuration;
  const { settings } = facts.serving;
  const read = settings.required();
  const missing = (known: readonly string[]): string[] => read.filter((name) => !known.includes(name));
  if (image && isOwnDockerfile(dockerfile) && image.buildArguments["COLLECTSTATIC"] !== "off")
    for (const name of missing([...variablesAt("build", configuration), ...Object.keys(image.buildVariables)])) {
      const key = `delivery:image.buildVariables.${name}`;
      const problem = "is missing: the settings do not load without it while static files are collected";
      yield { key, problem, mend: setCommand(key) };
    }
  if (pipeline?.variables) {
    for (const name of missing([...variablesAt("checks", configuration), ...Object.keys(pipeline.variables)])) {
      const key = `delivery:pipeline.variables.${name}`;
      yield { key, problem: "is missing: the settings do not load without it in the checks", mend: setCommand(key) };
    }
  }
  if (!site?.variables) return;
  const given = [
    ...variablesFoundAtSite(configuration),
    ...Object.keys(site.variables),
    ...Object.keys(secretVariables),
  ];
  for (const name of missing(given).filter((one) => !TOLD_BY_RENDER.test(one))) {
    const isSecret = mayBeSecretByName(name) || /_UR[IL]$/.test(name);
    const key = isSecret ? `delivery:secretVariables.${name}` : `delivery:site.variables.${name}`;
    const mend = isSecret ? setSecretCommand(key) : setCommand(key);
    yield { key, problem: "is missing: the settings do not load without it in the site", mend };
  }
}
