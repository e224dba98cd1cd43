/** The traffic of all resources and functions of the native providers, through their plugins. */
import { fileURLToPath } from "node:url";
import type { PropertyTree } from "../../../providers/kit/values.ts";
import { accountOrganizations } from "../../../sandbox/services/circleci/identity.ts";
import { defaultAccount } from "../../../sandbox/services/core/account.ts";
import type { Call } from "../../../sandbox/services/core/traffic.ts";
import { startServices } from "../../../sandbox/services/host.ts";
import { scriptedRunner } from "../../../sandbox/services/render/scripted-runner.ts";
import { type Plugin, startPlugin } from "../../providers/harness.ts";
import { exerciseCircleci } from "./circleci.ts";
import { askDirectly } from "./direct.ts";
import type { OnCreated } from "./exercise.ts";
import { exerciseGithub } from "./github.ts";
import { lookUp } from "./look-ups.ts";
import { recordedCalls } from "./recorded-calls.ts";
import { makeRefusals } from "./refusals.ts";
import { exerciseRender, runnerForRender } from "./render.ts";
import { exerciseSentry } from "./sentry.ts";

const launcher = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The calls of one run against services of its own. */
export async function resourceCalls(): Promise<readonly Call[]> {
  const runner = scriptedRunner();
  const services = await startServices({ dbFile: ":memory:", rawTraffic: true, runner: runnerForRender(runner) });
  const plugins: Plugin[] = [];
  const start = async (path: string, config: PropertyTree = {}): Promise<Plugin> => {
    const plugin = await startPlugin(launcher(path), services.env);
    plugins.push(plugin);
    await plugin.configure(config);
    return plugin;
  };
  const onCreated: OnCreated = (token, inputs) => lookUp(services.env, token, inputs);
  try {
    await exerciseRender(await start("providers/render/pulumi-resource-render"), onCreated, runner);
    const [, app] = accountOrganizations(defaultAccount.owner);
    await exerciseCircleci(await start("providers/circleci/pulumi-resource-circleci"), onCreated, app?.slug ?? "");
    await exerciseSentry(await start("sandbox/offline-plugins/sentry/pulumi-resource-sentry"), onCreated);
    // The vendor's plugin waits between its writes; nothing here needs that.
    const github = await start("sandbox/offline-plugins/github/pulumi-resource-github", { writeDelayMs: "1" });
    await exerciseGithub(github, onCreated);
    runner.script(/:unhealthy$/, "unhealthy");
    await askDirectly(services);
    await makeRefusals(services);
    return await recordedCalls(services.console.baseUrl);
  } finally {
    await Promise.all(plugins.map((plugin) => plugin.stop()));
    await services.close();
  }
}
