/** `delivery` on a pseudo-terminal, with an engine that hangs where it is told to. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type FakeMachine, fakeMachine, writeGo, writeProgram } from "../../unit/engine-fakes.ts";
import { eventually, openSession, type Session } from "./pseudo-terminal.ts";

const ENGINE_MAKER = resolve(import.meta.dirname, "make-engine.ts");
const LAUNCHER = resolve(import.meta.dirname, "../../../cli/delivery.js");

/** What the engine says before it hangs. */
const ANSWERS = {
  "stack --show-name": "prod",
  "plugin ls": "[]",
  "stack export": JSON.stringify({ version: 3, deployment: {} }),
};

/** What it would do: one event of its log. */
const CREATION = {
  sequence: 1,
  timestamp: 1,
  resourcePreEvent: {
    metadata: {
      op: "create",
      urn: "urn:pulumi:prod::delivery::github:index/repository:Repository::site",
      type: "github:index/repository:Repository",
      new: { custom: true, inputs: { name: "site" } },
    },
  },
};

/**
 * An engine that takes the stack's lock where FAKE_HANG matches its arguments, starts a plugin, and stays until SIGINT:
 * then it finishes its step, and gives both up. With FAKE_STUBBORN one SIGINT is not enough, with FAKE_DEAF nothing is.
 */
const ENGINE = `
const fs = require("node:fs");
const { spawn } = require("node:child_process");
const args = process.argv.slice(2);
const given = args.join(" ");
const { FAKE_HANG, FAKE_STUBBORN, FAKE_DEAF, FAKE_FOLDER } = process.env;
const log = (text) => fs.appendFileSync(FAKE_FOLDER + "/engine.log", text + "\\n");
if (given === "version") return console.log("v3.274.1");
if (new RegExp(FAKE_HANG).test(given)) {
  const lock = FAKE_FOLDER + "/lock";
  fs.writeFileSync(lock, "");
  let plugin;
  let asked = 0;
  process.on("SIGTERM", () => log("SIGTERM"));
  process.on("SIGINT", () => {
    log("SIGINT");
    asked += 1;
    if (FAKE_DEAF || (FAKE_STUBBORN && asked < 2)) return;
    setTimeout(() => {
      plugin?.kill("SIGKILL");
      fs.unlinkSync(lock);
      log("finished");
      process.exit(255);
    }, 300);
  });
  plugin = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  setInterval(() => {}, 1000);
  return log("hanging: " + given);
}
for (const [start, answer] of Object.entries(${JSON.stringify(ANSWERS)})) if (given.startsWith(start)) console.log(answer);
const fileAfter = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : "/dev/null");
fs.writeFileSync(fileAfter("--save-plan"), '{"resourcePlans": {}}');
fs.writeFileSync(fileAfter("--event-log"), ${JSON.stringify(`${JSON.stringify(CREATION)}
`)});
`;

/** One command line under test. */
export interface Command extends Session {
  /** Lines that the engine wrote about itself. */
  engineLog(): Promise<string[]>;
  /** Waits until the engine hangs. */
  hangs(): Promise<void>;
  /** Waits until the engine has written this line so many times. */
  logged(line: string, times: number): Promise<void>;
  isLocked(): Promise<boolean>;
}

interface TerminalOptions {
  readonly columns?: number;
  readonly env?: Record<string, string>;
}

/** A machine with that engine, and a folder with a project in it. */
export interface Place {
  readonly machine: FakeMachine;
  /** Runs `delivery` there. */
  run(args: readonly string[], hang?: string, options?: TerminalOptions): Command;
  /** Runs what makes an engine where there is none, with a Go that does this first when it builds. */
  buildEngine(onBuild: string): Promise<Command>;
}

/** Makes the place. `remove` of its machine clears everything. */
export async function openPlace(): Promise<Place> {
  const machine = await fakeMachine();
  const folder = join(machine.root, "project");
  await mkdir(folder);
  await writeFile(join(folder, "Pulumi.yaml"), "name: delivery\nruntime: nodejs\n");
  await writeFile(join(folder, "Pulumi.prod.yaml"), "config: {}\n");
  await writeProgram(join(machine.bin, "pulumi"), `(() => {${ENGINE}})();`);
  await writeProgram(join(machine.bin, "pulumi-language-nodejs"), "");
  const engineLog = async (): Promise<string[]> =>
    (await readFile(join(machine.root, "engine.log"), "utf8").catch(() => "")).split("\n").filter(Boolean);
  const start = (argv: string[], { columns = 100, env = {} }: TerminalOptions = {}): Command => {
    const session = openSession([process.execPath, ...argv], {
      cwd: folder,
      columns,
      env: { ...machine.env, PATH: `${machine.bin}:/usr/bin:/bin`, FAKE_FOLDER: machine.root, ...env },
    });
    const logged = (line: string, times: number): Promise<void> =>
      eventually(`"${line}" of the engine`, async () => {
        const found = (await engineLog()).filter((written) => written.startsWith(line));
        return found.length >= times;
      });
    return {
      ...session,
      engineLog,
      logged,
      hangs: () => logged("hanging", 1),
      isLocked: async () => (await readdir(machine.root)).includes("lock"),
    };
  };
  return {
    machine,
    run: (args, hang = "(?!)", { env, ...options } = {}) =>
      start([LAUNCHER, ...args], { ...options, env: { FAKE_HANG: hang, ...env } }),
    async buildEngine(onBuild) {
      await rm(join(machine.bin, "pulumi"));
      await writeGo(machine, { onBuild });
      return start([ENGINE_MAKER, JSON.stringify({ sources: machine.sources, env: machine.env })]);
    },
  };
}
