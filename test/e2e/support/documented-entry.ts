/** The entries of a page under docs/, followed as they stand there. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { SANDBOX_STACK } from "../../../sandbox/engine-home.ts";
import { projectRoot } from "../../../sandbox/paths.ts";
import type { ScriptedChain } from "./scripted-chain.ts";

const OPERATIONS = "operations.md";

/** How an entry is followed. */
export interface Follow {
  /** What stands for each `<...>`, by the words between. */
  readonly values?: Readonly<Record<string, string>>;
  /** What is typed when a command asks. */
  readonly input?: string;
  /** Environment that is set already. */
  readonly env?: Readonly<Record<string, string>>;
  /** Which of the entry's blocks of commands, from 0; all of them when left out. */
  readonly block?: number;
  /** The page; operations.md when left out. */
  readonly page?: string;
  /** Commands of the page that were given before, in the same shell. */
  readonly after?: string;
}

function contentOf(page: string): Promise<string> {
  return readFile(join(projectRoot, "docs", page), "utf8");
}

/** Titles of the entries that have commands. */
export async function entryTitles(page = OPERATIONS): Promise<string[]> {
  const [, ...entries] = (await contentOf(page)).split(/^#{2,3} /m);
  return entries.filter((entry) => entry.includes("\n```sh\n")).map((entry) => entry.split("\n", 1)[0] ?? "");
}

/** Runs the commands of an entry in the chain's project, confirmations given; gives what they print. Fails as they do. */
export async function followEntry(chain: ScriptedChain, title: string, follow: Follow = {}): Promise<string> {
  const { values = {}, input = "", env = {}, block, page = OPERATIONS, after = "" } = follow;
  const blocks = await entryCommands(title, page);
  const commands = (block === undefined ? blocks : blocks.slice(block, block + 1)).join("");
  const script = `${after}${commands}`
    .replaceAll("--stack prod", `--stack ${SANDBOX_STACK}`)
    .replaceAll(/<([^>\n]+)>/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`Nothing stands for <${name}> of "${title}".`);
      return `'${value}'`;
    });
  const { stdout } = await execa("bash", ["-euo", "pipefail", "-c", PRELUDE + script], {
    cwd: chain.projectDir,
    input,
    env: {
      ...chain.home.env,
      PATH: `${chain.home.engine.binDir}:${chain.home.env["PATH"]}`,
      ...CONFIRMED,
      ...env,
      NODE: process.execPath,
      DELIVERY: join(projectRoot, "cli", "delivery.js"),
    },
  });
  return stdout;
}

/**
 * What a person answers. `npx --no delivery` and `npm run pulumi --` are this checkout's own; what `npm ci` installs is
 * there; what is waited for comes at once.
 */
const PRELUDE = `npx() { shift 2; local name="$1"; shift; "$NODE" "$DELIVERY" "$name" "$@" --yes; }
npm() { if [ "$1" = run ]; then while [ "$1" != -- ]; do shift; done; shift; pulumi "$@"; fi; }
sleep() { command sleep 0.1; }
`;
const CONFIRMED = { PULUMI_OPTION_YES: "true", PULUMI_OPTION_SKIP_PREVIEW: "true" };

/** The blocks of commands of an entry, or, by the page's own title, those before the first entry. */
export async function entryCommands(title: string, page = OPERATIONS): Promise<string[]> {
  const [, entry = ""] = (await contentOf(page)).split(`# ${title}\n`);
  const [text = ""] = entry.split(/^##/m);
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands = ""]) => commands);
  if (blocks.length === 0) throw new Error(`docs/${page} has no commands under "${title}".`);
  return blocks;
}
