/** The vendors' plugins that the program's packages go with. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import which from "which";
import { z } from "zod";
import { deliveryOf } from "../../../infra/delivery.ts";
import type { Check } from "../check.ts";
import type { Facts } from "../facts.ts";
import { notChecked, ok, problem, warn } from "../finding.ts";

const packageJson = z.object({ version: z.string(), pulumi: z.object({ name: z.string().optional() }).optional() });
const require = createRequire(import.meta.url);

export const plugins: Check = {
  id: "plugins",
  area: "Here",
  title: "plugins",
  asks: "`pulumi plugin ls`, and PATH, for the plugins of the parts that are on.",
  finds: "One is missing: a warning while the engine may download it, a problem when it may not.",
  needs: ["engine"],
  async run({ facts, env }) {
    if (facts.plugins.value === undefined) return notChecked(facts.plugins.failure);
    const wanted = await Promise.all(packagesOf(facts).map(pluginOf));
    const missing = wanted.filter(
      ({ name, version }) => !facts.plugins.value?.includes(`${name} ${version}`) && !isOnPath(name, env),
    );
    if (missing.length === 0) return ok(`all ${wanted.length} of the vendors' are installed`);
    const names = missing.map(({ name, version }) => `${name} ${version}`).join(", ");
    const mend = missing.map(({ name, version }) => `pulumi plugin install resource ${name} ${version}`).join("; ");
    return env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] === "true"
      ? problem(`not installed, and the engine may not download: ${names}`, mend)
      : warn(`the next preview downloads ${names}`, mend);
  },
};

function packagesOf({ parts, configuration }: Facts): string[] {
  const looksUp = configuration?.image && deliveryOf(configuration.image).tagOwner !== "content";
  return [
    ...(parts.repository === "off" ? [] : ["@pulumi/github"]),
    ...(parts.image === "off" ? [] : ["@pulumi/docker-build"]),
    ...(looksUp ? ["@pulumi/docker"] : []),
    ...(parts.errors === "off" ? [] : ["@pulumiverse/sentry"]),
  ];
}

async function pluginOf(name: string): Promise<{ readonly name: string; readonly version: string }> {
  const text = await readFile(require.resolve(`${name}/package.json`), "utf8");
  const { version, pulumi } = packageJson.parse(JSON.parse(text));
  return { name: pulumi?.name ?? name.slice(name.indexOf("/") + 1), version };
}

/** A plugin on PATH goes before an installed one, whatever its version. */
function isOnPath(name: string, env: NodeJS.ProcessEnv): boolean {
  const ignored = env["PULUMI_IGNORE_AMBIENT_PLUGINS"] === "true";
  return !ignored && which.sync(`pulumi-resource-${name}`, { path: env["PATH"] ?? "", nothrow: true }) !== null;
}
