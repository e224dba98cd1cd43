/** The stack on whose shared parts an environment is built: its outputs, in a stack beside the throwaway one. */
import { join } from "node:path";
import { importState, initStack, type RunInside } from "./local-stack.ts";
import type { ExportedState, Snapshot } from "./snapshot.ts";

const SETTING = "delivery:sharedFrom";
/** The one organization that a backend of files has. */
const LOCAL_ORGANIZATION = "organization";

/** The full name of the stack that the settings build on; undefined when they build on none. */
export function sharedName(config: Readonly<Record<string, unknown>>): string | undefined {
  const name = config["delivery:declares"] === "environment" ? config[SETTING] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Makes it. Throws UserError when the engine does not take it. */
export async function installShared(
  { name, outputs }: NonNullable<Snapshot["shared"]>,
  folder: string,
  run: RunInside,
): Promise<void> {
  const [, project = "", stack = ""] = name.split("/");
  const type = "pulumi:pulumi:Stack";
  const urn = `urn:pulumi:${stack}::${project}::${type}::${project}-${stack}`;
  const manifest = { time: new Date(0).toISOString(), magic: "", version: "" };
  const deployment = { manifest, resources: [{ urn, type, custom: false, outputs }] };
  const made = await initStack(join(folder, "shared"), project, stack, run);
  await importState(made, { version: 3, deployment }, run);
}

/** The settings with the name that the stack has here, where they name the one of the snapshot. */
export function withLocalShared(
  config: Readonly<Record<string, unknown>>,
  shared: Snapshot["shared"],
): Readonly<Record<string, unknown>> {
  return shared && config[SETTING] === shared.name ? { ...config, [SETTING]: localName(shared.name) } : config;
}

/** The state with the name that the stack has in a backend of files, wherever it is referred to. */
export function withLocalReference(state: ExportedState, name: string): ExportedState {
  const text = JSON.stringify(state);
  const renamed = text
    .replaceAll(`"${name}"`, `"${localName(name)}"`)
    .replaceAll(`::${name}"`, `::${localName(name)}"`);
  return JSON.parse(renamed) as ExportedState;
}

function localName(name: string): string {
  return [LOCAL_ORGANIZATION, ...name.split("/").slice(1)].join("/");
}
