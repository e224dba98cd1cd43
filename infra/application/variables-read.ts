/** Environment variables without which settings do not load, held against what the build, the checks and the site have. */
import { type Problem, setCommand, setSecretCommand } from "../../lib/configuration-problems.ts";
import { mayBeSecretByName } from "../../lib/secret-names.ts";
import { isOwnDockerfile } from "./build-arguments.ts";
import type { Examined } from "./examined.ts";

/** What the image's build and the pipeline's checks set to a throw-away value by themselves. */
const THROWN_AWAY = ["DJANGO_SECRET_KEY", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"];
/** What the chain, or Render's own "Default Environment Variables", tells a site. */
const TOLD = /^(?:PORT|RENDER\w*|SENTRY_(?:ENVIRONMENT|RELEASE)|DJANGO_(?:ALLOWED_HOSTS|SETTINGS_MODULE))$/;

/** Each variable that is read and not set, by the place that lacks it. */
export function* unsetVariables(examined: Examined): Generator<Problem> {
  const { configuration, facts, dockerfile } = examined;
  const { image, pipeline, secretVariables = {}, site } = configuration;
  const { settings } = facts.serving;
  const read = settings.required();
  const missing = (known: readonly string[]): string[] => read.filter((name) => !known.includes(name));
  if (image && isOwnDockerfile(dockerfile) && image.buildArguments["COLLECTSTATIC"] !== "off")
    for (const name of missing([...THROWN_AWAY, ...Object.keys(image.buildVariables)])) {
      const key = `delivery:image.buildVariables.${name}`;
      const problem = "is missing: the settings do not load without it while static files are collected";
      yield { key, problem, mend: setCommand(key) };
    }
  if (pipeline?.variables) {
    const { postgres, redis } = pipeline.services ?? {};
    const told = [...(postgres ? ["DATABASE_URL"] : []), ...(redis ? ["REDIS_URL"] : [])];
    for (const name of missing([...THROWN_AWAY, ...told, ...Object.keys(pipeline.variables)])) {
      const key = `delivery:pipeline.variables.${name}`;
      yield { key, problem: "is missing: the settings do not load without it in the checks", mend: setCommand(key) };
    }
  }
  if (!site?.variables) return;
  const own = [
    ...(site.secretKey === "value" ? [] : ["DJANGO_SECRET_KEY"]),
    ...(configuration.errors ? ["SENTRY_DSN"] : []),
    ...(configuration.database ? ["DATABASE_URL"] : []),
  ];
  const given = [...own, ...Object.keys(site.variables), ...Object.keys(secretVariables)];
  for (const name of missing(given).filter((one) => !TOLD.test(one))) {
    const isSecret = mayBeSecretByName(name) || /_UR[IL]$/.test(name);
    const key = isSecret ? `delivery:secretVariables.${name}` : `delivery:site.variables.${name}`;
    const mend = isSecret ? setSecretCommand(key) : setCommand(key);
    yield { key, problem: "is missing: the settings do not load without it in the site", mend };
  }
}
