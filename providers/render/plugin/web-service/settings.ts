/** The settings of a web service that one PATCH writes: one row each, compared and turned into a request. */
import { isDeepStrictEqual } from "node:util";
import type { WebService } from "../api/answers.ts";
import type { WebServiceInputs } from "./inputs.ts";

type Details = WebService["serviceDetails"];

/** One setting of `serviceDetails`, which is an input of the same name. */
interface Setting<Value> {
  /** What Render does where nothing is declared ("Render Public API", defaults of the service details). */
  readonly default: Value;
  /** What Render answers; undefined where it leaves it out. */
  readonly read: (details: Details) => Value | undefined;
  /** Whether it only takes effect with a deploy. */
  readonly deploys?: true;
  /** How a request writes it, where not under its own name. */
  readonly write?: (value: Value) => Record<string, unknown>;
}

/** A row, with the type of its value. */
function setting<Value>(row: Setting<Value>): Setting<Value> {
  return row;
}

const OPTIONAL = {
  healthCheckPath: setting({ default: "", read: (details) => details.healthCheckPath, deploys: true }),
  preDeployCommand: setting({
    default: "",
    read: (details) => details.envSpecificDetails?.preDeployCommand,
    deploys: true,
  }),
  startCommand: setting({
    default: "",
    read: (details) => details.envSpecificDetails?.dockerCommand,
    deploys: true,
    write: (dockerCommand) => ({ envSpecificDetails: { dockerCommand } }),
  }),
  maxShutdownDelaySeconds: setting({
    default: 30,
    read: (details) => details.maxShutdownDelaySeconds,
    deploys: true,
  }),
  renderSubdomainPolicy: setting<string>({
    default: "enabled",
    read: (details) => details.renderSubdomainPolicy,
  }),
  maintenanceMode: setting({ default: { enabled: false, uri: "" }, read: (details) => details.maintenanceMode }),
};

type Rows = typeof OPTIONAL;
type OptionalName = keyof Rows;

/** Every setting with a value; an undeclared one has Render's default. */
export type Settings = { readonly name: string; readonly plan: string } & {
  readonly [Name in OptionalName]: Rows[Name]["default"];
};

export type SettingName = keyof Settings;

const OPTIONAL_NAMES = Object.keys(OPTIONAL) as OptionalName[];

/** The settings that the inputs declare. */
export function declaredSettings(inputs: WebServiceInputs): Settings {
  return { name: inputs.name, plan: inputs.plan, ...optional((name) => inputs[name]) };
}

/** The settings that the service has. */
export function actualSettings({ name, serviceDetails }: WebService): Settings {
  return { name, plan: serviceDetails.plan, ...optional((setting) => OPTIONAL[setting].read(serviceDetails)) };
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
  return name === "plan" || rowOf(name)?.deploys === true;
}

/** `serviceDetails` as a request writes these settings; `name` is not among them. */
export function detailsRequest(settings: Settings, names: readonly SettingName[]): Record<string, unknown> {
  const written = names.filter((name) => name !== "name");
  return Object.assign(
    {},
    ...written.map((name) => rowOf(name)?.write?.(settings[name]) ?? { [name]: settings[name] }),
  );
}

/** Names of the settings that are not Render's defaults: those that a new service has to be given. */
export function chosenSettings(settings: Settings): SettingName[] {
  return differingSettings(settings, { name: "", plan: "", ...optional(() => undefined) });
}

/** The settings as inputs declare them: those with Render's default are left out. */
export function settingsAsInputs(settings: Settings): Partial<WebServiceInputs> {
  const chosen = new Set<string>(chosenSettings(settings));
  return Object.fromEntries(OPTIONAL_NAMES.filter((name) => chosen.has(name)).map((name) => [name, settings[name]]));
}

/** All optional settings: the given values, and Render's defaults where there is none. */
function optional(given: (name: OptionalName) => unknown): Pick<Settings, OptionalName> {
  const entries = OPTIONAL_NAMES.map((name) => [name, given(name) ?? OPTIONAL[name].default]);
  return Object.fromEntries(entries) as Pick<Settings, OptionalName>;
}

function rowOf(name: string): Setting<unknown> | undefined {
  return Object.hasOwn(OPTIONAL, name) ? (OPTIONAL[name as OptionalName] as Setting<unknown>) : undefined;
}
