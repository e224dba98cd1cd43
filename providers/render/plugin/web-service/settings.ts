/** The settings of a web service that one PATCH writes, compared and turned into a request. */
import { isDeepStrictEqual } from "node:util";
import type { WebService } from "../api/answers.ts";
import type { WebServiceInputs } from "./inputs.ts";

/** What Render does where nothing is declared ("Render Public API", defaults of `maxShutdownDelaySeconds` and others). */
const DEFAULTS = {
  healthCheckPath: "",
  preDeployCommand: "",
  startCommand: "",
  maxShutdownDelaySeconds: 30,
  maintenanceMode: { enabled: false, uri: "" },
};

/** Every setting with a value; an undeclared one has Render's default. */
export interface Settings {
  readonly name: string;
  readonly plan: string;
  readonly healthCheckPath: string;
  readonly preDeployCommand: string;
  readonly startCommand: string;
  readonly maxShutdownDelaySeconds: number;
  readonly maintenanceMode: { readonly enabled: boolean; readonly uri: string };
}

export type SettingName = keyof Settings;

/** Settings that only take effect with a deploy. */
const DEPLOYED: ReadonlySet<string> = new Set([
  "plan",
  "healthCheckPath",
  "preDeployCommand",
  "startCommand",
  "maxShutdownDelaySeconds",
]);

/** The settings that the inputs declare. */
export function declaredSettings(inputs: WebServiceInputs): Settings {
  return {
    name: inputs.name,
    plan: inputs.plan,
    healthCheckPath: inputs.healthCheckPath ?? DEFAULTS.healthCheckPath,
    preDeployCommand: inputs.preDeployCommand ?? DEFAULTS.preDeployCommand,
    startCommand: inputs.startCommand ?? DEFAULTS.startCommand,
    maxShutdownDelaySeconds: inputs.maxShutdownDelaySeconds ?? DEFAULTS.maxShutdownDelaySeconds,
    maintenanceMode: inputs.maintenanceMode ?? DEFAULTS.maintenanceMode,
  };
}

/** The settings that the service has. */
export function actualSettings(service: WebService): Settings {
  const details = service.serviceDetails;
  return {
    name: service.name,
    plan: details.plan,
    healthCheckPath: details.healthCheckPath,
    preDeployCommand: details.envSpecificDetails?.preDeployCommand ?? "",
    startCommand: details.envSpecificDetails?.dockerCommand ?? "",
    maxShutdownDelaySeconds: details.maxShutdownDelaySeconds ?? DEFAULTS.maxShutdownDelaySeconds,
    maintenanceMode: details.maintenanceMode ?? DEFAULTS.maintenanceMode,
  };
}

/** Whether Render chooses the number of instances; while it does, it ignores a number that is set ("Scaling"). */
export function isAutoscaled({ serviceDetails }: WebService): boolean {
  return serviceDetails.autoscaling?.enabled === true;
}

/** Names of the settings that differ. */
export function differingSettings(one: Settings, other: Settings): SettingName[] {
  const names = Object.keys(one) as SettingName[];
  return names.filter((name) => !isDeepStrictEqual(one[name], other[name]));
}

/** Whether a change of this setting needs a deploy. */
export function needsDeploy(name: string): boolean {
  return DEPLOYED.has(name);
}

/** `serviceDetails` as a request writes these settings; `name` is not among them. */
export function detailsRequest(settings: Settings, names: readonly SettingName[]): Record<string, unknown> {
  const details: Record<string, unknown> = {};
  for (const name of names) {
    if (name === "startCommand") details["envSpecificDetails"] = { dockerCommand: settings.startCommand };
    else if (name !== "name") details[name] = settings[name];
  }
  return details;
}

/** Names of the settings that are not Render's defaults: those that a new service has to be given. */
export function chosenSettings(settings: Settings): SettingName[] {
  return differingSettings(settings, { ...settings, ...DEFAULTS, plan: "", name: "" });
}

/** The settings as inputs declare them: those with Render's default are left out. */
export function settingsAsInputs(settings: Settings): Partial<WebServiceInputs> {
  const { name: _name, plan: _plan, ...optional } = settings;
  const chosen = new Set<string>(chosenSettings(settings));
  return Object.fromEntries(Object.entries(optional).filter(([name]) => chosen.has(name)));
}
