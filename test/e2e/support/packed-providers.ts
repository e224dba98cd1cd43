/** The providers' tarballs, emulated services, and empty Pulumi programs that use the one against the other. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { type Engine, engineEnvironment, ensureEngine } from "../../../cli/engine/index.ts";
import { silentProgress } from "../../../cli/progress.ts";
import { projectRoot } from "../../../sandbox/paths.ts";
import { startServices } from "../../../sandbox/services/host.ts";

/** The packages that are installed. The kit is a library without resources. */
export const PACKAGES = ["render", "circleci"] as const;

/** The tarballs and what it takes to use them. */
export interface PackedProviders {
  readonly engine: Engine;
  /** Opens an empty folder with both tarballs in it. */
  consumer(name: string, env?: Readonly<Record<string, string>>): Promise<Consumer>;
  close(): Promise<void>;
}

/** A folder of another team, with a plugin cache and a state of its own. */
export interface Consumer {
  readonly cwd: string;
  /** Runs a command there; gives what it prints. Fails with all that it printed. */
  run(command: string, ...args: string[]): Promise<string>;
  /** The same folder, with these folders first on the PATH. */
  on(...path: string[]): Consumer;
}

/** Packs the providers as the documentation says, and starts the services. */
export async function packProviders(): Promise<PackedProviders> {
  const folder = await mkdtemp(join(tmpdir(), "delivery-packages-"));
  const services = await startServices({ dbFile: ":memory:" });
  const close = async (): Promise<void> => {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const engine = await ensureEngine({ progress: silentProgress });
    const packages = join(folder, "packages");
    await mkdir(packages);
    await execa("npm", ["run", "packages", "--", "--pack-destination", packages], { cwd: projectRoot });
    return {
      engine,
      close,
      async consumer(name, env = {}) {
        const cwd = join(folder, name);
        const home = join(folder, `${name}-home`);
        await mkdir(home);
        await execa("cp", ["-r", packages, cwd]);
        const environment = engineEnvironment(engine, {
          ...process.env,
          ...services.env,
          ...env,
          PULUMI_HOME: home,
          PULUMI_BACKEND_URL: pathToFileURL(home).href,
          PULUMI_CONFIG_PASSPHRASE: "consumer",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        });
        return consumerIn(cwd, environment);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function consumerIn(cwd: string, env: Readonly<Record<string, string>>): Consumer {
  return {
    cwd,
    async run(command, ...args) {
      const { stdout, exitCode, all } = await execa(command, args, { cwd, env, reject: false, all: true });
      if (exitCode !== 0) throw new Error(`${[command, ...args].join(" ")}\n${all}`);
      return stdout;
    },
    on: (...path) => consumerIn(cwd, { ...env, PATH: [...path, env["PATH"]].join(delimiter) }),
  };
}

/** The blocks of code in a language that the packages' README files have under a heading, package by package. */
export async function documented(language: "ts" | "sh" | "python" | "yaml", heading?: string): Promise<string[]> {
  const found = PACKAGES.map(async (name) => {
    const text = await readFile(join(projectRoot, "providers", name, "README.md"), "utf8");
    const part = heading === undefined ? text : (text.split(`\n### ${heading}\n`)[1]?.split(/^##/m)[0] ?? "");
    const [block] = new RegExp(`(?<=^\`\`\`${language}\n)[^]*?(?=^\`\`\`$)`, "m").exec(part) ?? [];
    if (block === undefined) throw new Error(`the README of ${name} has no block of ${language} under ${heading}`);
    return block;
  });
  return await Promise.all(found);
}
