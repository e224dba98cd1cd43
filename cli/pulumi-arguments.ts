/** What a command line of `pulumi` is about, read as its own parser reads it. */

/** The flags that matter before the engine runs. */
export interface PulumiArguments {
  /** Whether it changes what exists, from the program. */
  readonly isUpdate: boolean;
  /** Whether it deletes what exists, or shows what it would delete. */
  readonly isDestroy: boolean;
  /** The stack that it names. */
  readonly stack: string | undefined;
  /** The folder that it names, as it stands there. */
  readonly cwd: string | undefined;
}

/** Names of the command that changes what exists, from the program. */
export const UPDATES: readonly string[] = ["up", "update"];
/** Names of the one that deletes it. Source: `pulumi destroy --help`, Aliases. */
export const DESTROYS: readonly string[] = ["destroy", "down", "dn"];

/** Shorthands of `up` that take a value; `-r` takes one only after an equals sign. Source: `pulumi up --help`. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  c: "config",
  C: "cwd",
  m: "message",
  p: "parallel",
  s: "stack",
  t: "target",
  v: "verbose",
};

/** Further flags of `up` whose value may be the next argument. */
const WITH_VALUE = new Set([
  ...Object.values(SHORTHANDS),
  ...["color", "config-file", "event-log", "exclude", "import-file", "memprofilerate", "otel-traces", "override-env"],
  ...["plan", "policy-pack", "policy-pack-config", "profiling", "replace", "save-plan", "secrets-provider"],
  ...["target-replace", "tracing"],
]);

/**
 * Reads the arguments: `--stack prod`, `--stack=prod`, `-s prod`, `-s=prod`, `-sprod`, and behind other shorthands
 * (`-ysprod`). The last of several counts; what follows `--` is no flag.
 * Source: the Go package pflag, "Command line flag syntax".
 */
export function readPulumiArguments(args: readonly string[]): PulumiArguments {
  const values = new Map<string, string | undefined>();
  const words: string[] = [];
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--") {
      words.push(...rest.splice(0));
    } else if (!argument.startsWith("-") || argument === "-") {
      words.push(argument);
    } else {
      const { name, value } = argument.startsWith("--") ? longFlag(argument.slice(2)) : shortFlag(argument.slice(1));
      if (name !== undefined) values.set(name, value ?? rest.shift());
    }
  }
  const names = (commands: readonly string[]): boolean => commands.some((name) => words.includes(name));
  return {
    ...{ isUpdate: names(UPDATES), isDestroy: names(DESTROYS) },
    ...{ stack: values.get("stack"), cwd: values.get("cwd") },
  };
}

interface Flag {
  /** Undefined for one that takes no value. */
  readonly name: string | undefined;
  /** Undefined when it is the next argument. */
  readonly value?: string;
}

function longFlag(text: string): Flag {
  const [name = "", ...value] = text.split("=");
  if (value.length > 0) return { name, value: value.join("=") };
  return { name: WITH_VALUE.has(name) ? name : undefined };
}

/** The flag with a value at the end of a row of shorthands. */
function shortFlag(text: string): Flag {
  for (const [index, letter] of [...text].entries()) {
    const name = SHORTHANDS[letter];
    const rest = text.slice(index + 1);
    if (name !== undefined) return rest === "" ? { name } : { name, value: rest.replace(/^=/, "") };
    if (rest.startsWith("=")) break;
  }
  return { name: undefined };
}
