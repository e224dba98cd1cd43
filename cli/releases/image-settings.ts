/** How the stack's file says that the image comes to run, read and written through the engine. */
import { errorsOf, type Pulumi } from "../pulumi.ts";
import { UserError } from "../user-error.ts";

/** Keys below `delivery:image`. */
const KEYS = ["delivery", "tag", "hold"] as const;

/** Their values as they stand in the file; undefined for one that does not. */
export type ImageSettings = Readonly<Record<(typeof KEYS)[number], string | undefined>>;

/** Reads them. */
export async function readImageSettings(pulumi: Pulumi): Promise<ImageSettings> {
  const values: Record<string, string | undefined> = {};
  for (const key of KEYS) {
    const { code, stdout } = await pulumi.run("config", "get", "--path", pathOf(key));
    values[key] = code === 0 ? stdout.trim() : undefined;
  }
  return values as ImageSettings;
}

/**
 * Makes the file say `to` where it says `from`; nothing else in it changes.
 * @throws UserError when the engine cannot write it.
 */
export async function changeImageSettings(pulumi: Pulumi, from: ImageSettings, to: ImageSettings): Promise<void> {
  for (const key of KEYS.filter((name) => from[name] !== to[name])) {
    const value = to[key];
    const change = value === undefined ? ["rm", pathOf(key)] : ["set", "--plaintext", pathOf(key), value];
    const result = await pulumi.run("config", ...change, "--path");
    if (result.code === 0) continue;
    const nextStep = "Set it by hand, then run `npx --no delivery up`.";
    throw new UserError(`${pathOf(key)} cannot be written: ${errorsOf(result)}`, nextStep);
  }
}

function pathOf(key: string): string {
  return `delivery:image.${key}`;
}
