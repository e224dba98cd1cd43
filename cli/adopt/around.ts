/** What a search goes by. */
import { type ServedPart, tokenOfPart } from "../../infra/parts.ts";
import { oneLine } from "../report/values/clean.ts";
import { serviceToken } from "../services/token.ts";
import { UserError } from "../user-error.ts";

/** The names that the command line gives; `off` leaves the part out. */
export interface GivenNames {
  /** `owner/name` on GitHub. */
  readonly repository?: string | undefined;
  readonly ruleset?: string | undefined;
  /** CircleCI's slug of the project. */
  readonly project?: string | undefined;
  readonly context?: string | undefined;
  /** `organization/project` at Sentry. */
  readonly sentry?: string | undefined;
  readonly sentryTeam?: string | undefined;
  readonly sentryKey?: string | undefined;
  /** Name or id of the Render service. */
  readonly service?: string | undefined;
}

/** The names that every search uses. */
export interface Names {
  readonly application: string;
  readonly environment: string;
  /** Who owns the repository on GitHub; undefined when nothing says it. */
  readonly owner: string | undefined;
  readonly repository: string;
  /** The application's folder in the repository; `.` for its root. */
  readonly folder: string;
}

/** What a search goes by. It only reads. */
export interface Around {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly given: GivenNames;
  readonly names: Names;
  /** A setting of the stack's file, by its key below `delivery:`; secret ones are readable. */
  configured(key: string): unknown;
  /** Whether an earlier adoption has turned off what stands at this key, and not the team. */
  isOffByAdoption(key: string): boolean;
  /** Whether the state holds a resource of this logical name. */
  isInState(name: string): boolean;
}

/**
 * Why a part is not looked for; undefined when it is.
 * @throws UserError when the part is asked for and there is no token.
 */
export function leftOut(around: Around, part: ServedPart, given: string | undefined): string | undefined {
  const token = tokenOfPart(part);
  if (given === "off") return "left out by the command line";
  if (isOffByTeam(around, part, given)) return "was off already";
  if (around.env[token]) return undefined;
  const isAsked = given !== undefined || typeof around.configured(part) === "object";
  if (isAsked) serviceToken(around.env, token);
  return `not looked for: no ${token}`;
}

/** Whether the team has turned off what stands at a key; a name on the command line goes before. */
export function isOffByTeam(around: Around, key: string, given: string | undefined): boolean {
  if (given !== undefined) return given === "off";
  const setting = around.configured(key);
  const isOff = setting === "off" || setting === "false" || setting === false;
  return isOff && !around.isOffByAdoption(key);
}

/** Something that may be meant. */
export interface Choice<Item> {
  readonly name: string;
  readonly item: Item;
}

/**
 * The one that is meant: of the name if there is one, else the only one whose name holds it.
 * @param what what is looked for, in words.
 * @param flag the option that names it.
 * @throws UserError that names the candidates and the flag.
 */
export function meant<Item>(
  what: string,
  flag: string,
  name: string,
  choices: readonly Choice<Item>[],
): Choice<Item> | undefined {
  const exact = choices.filter((choice) => choice.name === name);
  const near = exact.length > 0 ? exact : choices.filter((choice) => choice.name.includes(name));
  if (near.length > 1)
    throw ambiguous(
      what,
      flag,
      near.map((choice) => choice.name),
    );
  return near[0];
}

/** More than one could be meant. */
export function ambiguous(what: string, flag: string, names: readonly string[]): UserError {
  return new UserError(
    `It is not clear which ${what} belongs to the chain: ${oneLine(names.join(", "))}. Nothing was changed.`,
    `Name it by ${flag}, or leave it out by \`${flag} off\`.`,
  );
}

/** What the command line names is not there. */
export function absent(what: string, flag: string): UserError {
  return new UserError(
    `There is no ${what}. Nothing was changed.`,
    `Correct ${flag}, or check what the token may see.`,
  );
}
