/** Secrets that stand plain in the stack's file: a snapshot would show them, for the program makes them of the file. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { removeCommand, setSecretCommand } from "../../lib/configuration-problems.ts";
import { isSecretByName } from "../../lib/secret-names.ts";
import { credentialIn } from "../../lib/token-formats.ts";
import { UserError } from "../user-error.ts";
import { isObject, type Path } from "./secret-value.ts";
import { configPath, plainSettings, type StackSettings } from "./stack-settings.ts";

/** Settings that are secret whatever they hold: a name alone makes a guess, and takes `$x` or `/x` for no value. */
const SECRET_SETTINGS = /^delivery:(?:secretVariables\b|image\["password"\]$)/;

/** A word that says where the key comes from, and never the key. */
const NO_SECRET = 'delivery:site["secretKey"]';

const policies = z.object({
  policies: z
    .object({
      "no-plain-secret": z
        .object({ names: z.array(z.string()) })
        .partial()
        .optional(),
    })
    .optional(),
});

/**
 * Refuses them, each with the commands that encrypt it where the program takes a secret. What the policy pack is told to be no secret is none here.
 * @param folder the program's, where its configuration of the policy pack is.
 * @throws UserError that names the settings, and no value.
 */
export async function refusePlainSecrets(settings: StackSettings, folder: string): Promise<void> {
  const allowed = await allowedNames(folder);
  const found = texts(plainSettings(settings)).filter(({ path, text }) => {
    const name =
      String(path.findLast((part) => typeof part === "string") ?? "")
        .split(":")
        .at(-1) ?? "";
    if (allowed.includes(name) || text === "" || configPath(path) === NO_SECRET) return false;
    return SECRET_SETTINGS.test(configPath(path)) || isSecretByName(name, text) || credentialIn(text) !== undefined;
  });
  if (found.length === 0) return;
  const keys = found.map(({ path }) => configPath(path));
  throw new UserError(
    `The stack is not sealed: ${keys.join(", ")} ${keys.length === 1 ? "stands" : "stand"} plain in the stack's file, and would in the snapshot.`,
    `${found.map(({ path }) => remedyFor(path)).join("\n")}\nMake a new one at its service, too: this one has been shown. What is no secret: ` +
      "policy/config.json, no-plain-secret.names.",
  );
}

/** What takes the text out of where it is plain; the program takes secrets in few places. */
function remedyFor(path: Path): string {
  const key = configPath(path);
  const [part, ...below] = path;
  const name = String(below.at(-1));
  const place = below.slice(0, -1).join(".");
  if (!String(part).startsWith("delivery:") || SECRET_SETTINGS.test(key)) return `\`${setSecretCommand(key)}\``;
  if (part === "delivery:site" && place === "variables")
    return `\`${setSecretCommand(`delivery:secretVariables.${name}`)}\` and \`${removeCommand(key)}\``;
  const instead =
    place === "buildArguments" ? "`delivery:image.secrets` passes one to a build" : "it can hold no secret";
  return `\`${removeCommand(key)}\`: ${instead}`;
}

function texts(value: unknown, path: Path = []): { path: Path; text: string }[] {
  // A number is a secret as well as a text: YAML makes one of a password of digits alone.
  if (["string", "number", "bigint", "boolean"].includes(typeof value)) return [{ path, text: String(value) }];
  if (Array.isArray(value)) return value.flatMap((item, index) => texts(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, [...path, name]));
}

async function allowedNames(folder: string): Promise<readonly string[]> {
  const file = join(folder, "policy", "config.json");
  if (!existsSync(file)) return [];
  const { data } = policies.safeParse(JSON.parse(await readFile(file, "utf8")));
  return data?.policies?.["no-plain-secret"]?.names ?? [];
}
