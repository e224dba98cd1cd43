/** The settings of a service that one PATCH writes: compared and turned into a request. */
import { isDeepStrictEqual } from "node:util";
import type { ImageService } from "../api/answers.ts";
import type { ServiceInputs } from "./inputs.ts";
import { has, type ServiceKind } from "./kinds.ts";
import { SETTING_ROWS, type Setting } from "./setting-rows.ts";

type Details = ImageService["serviceDetails"];

type Rows = typeof SETTING_ROWS;
type OptionalName = keyof Rows;

/** Every setting that the type of service has, with a value; an undeclared one has Render's default. */
export type Settings = { readonly name: string; readonly plan: string } & {
  readonly [Name in OptionalName]?: Rows[Name]["default"];
};

export type SettingName = keyof Settings;

/** The settings that the inputs declare. */
export function declaredSettings(kind: ServiceKind, inputs: ServiceInputs): Settings {
  return { name: inputs.name, plan: inputs.plan, ...optional(kind, (name) => inputs[name]) };
}

/** The settings that the service has. */
export function actualSettings(kind: ServiceKind, { name, serviceDetails }: ImageService): Settings {
  return { name, plan: serviceDetails.plan, ...optional(kind, (setting) => answered(setting, serviceDetails)) };
}

/** Whether Render chooses the number of instances; while it does, it ignores a number that is set ("Scaling"). */
export function isAutoscaled({ serviceDetails }: ImageService): boolean {
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
export function chosenSettings(kind: ServiceKind, settings: Settings): SettingName[] {
  return differingSettings(settings, { name: "", plan: "", ...optional(kind, () => undefined) });
}

/** The settings as inputs declare them: those with Render's default are left out. */
export function settingsAsInputs(kind: ServiceKind, settings: Settings): Partial<ServiceInputs> {
  const chosen = chosenSettings(kind, settings).filter((name) => name !== "name" && name !== "plan");
  return Object.fromEntries(chosen.map((name) => [name, settings[name]]));
}

/** All optional settings of the type: the given values, and Render's defaults where there is none. */
function optional(kind: ServiceKind, given: (name: OptionalName) => unknown): Pick<Settings, OptionalName> {
  const names = (Object.keys(SETTING_ROWS) as OptionalName[]).filter((name) => has(kind, name));
  return Object.fromEntries(names.map((name) => [name, given(name) ?? SETTING_ROWS[name].default]));
}

/** What Render answers for a setting, under its own name or elsewhere; the row's own schema has read it. */
function answered(name: OptionalName, details: Details): unknown {
  const { read } = SETTING_ROWS[name] as Setting<unknown>;
  return read ? read(details) : (details as Readonly<Record<string, unknown>>)[name];
}

function rowOf(name: string): Setting<unknown> | undefined {
  return Object.hasOwn(SETTING_ROWS, name) ? (SETTING_ROWS[name as OptionalName] as Setting<unknown>) : undefined;
}
