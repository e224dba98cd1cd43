/** The settings of a web service that one PATCH writes: compared and turned into a request. */
import { isDeepStrictEqual } from "node:util";
import type { WebService } from "../api/answers.ts";
import type { WebServiceInputs } from "./inputs.ts";
import { SETTING_ROWS, type Setting } from "./setting-rows.ts";

type Details = WebService["serviceDetails"];

type Rows = typeof SETTING_ROWS;
type OptionalName = keyof Rows;

/** Every setting with a value; an undeclared one has Render's default. */
export type Settings = { readonly name: string; readonly plan: string } & {
  readonly [Name in OptionalName]: Rows[Name]["default"];
};

export type SettingName = keyof Settings;

const OPTIONAL_NAMES = Object.keys(SETTING_ROWS) as OptionalName[];

/** The settings that the inputs declare. */
export function declaredSettings(inputs: WebServiceInputs): Settings {
  return { name: inputs.name, plan: inputs.plan, ...optional((name) => inputs[name]) };
}

/** The settings that the service has. */
export function actualSettings({ name, serviceDetails }: WebService): Settings {
  return { name, plan: serviceDetails.plan, ...optional((setting) => answered(setting, serviceDetails)) };
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
  const entries = OPTIONAL_NAMES.map((name) => [name, given(name) ?? SETTING_ROWS[name].default]);
  return Object.fromEntries(entries) as Pick<Settings, OptionalName>;
}

/** What Render answers for a setting, under its own name or elsewhere; the row's own schema has read it. */
function answered(name: OptionalName, details: Details): unknown {
  const { read } = SETTING_ROWS[name] as Setting<unknown>;
  return read ? read(details) : (details as Readonly<Record<string, unknown>>)[name];
}

function rowOf(name: string): Setting<unknown> | undefined {
  return Object.hasOwn(SETTING_ROWS, name) ? (SETTING_ROWS[name as OptionalName] as Setting<unknown>) : undefined;
}
