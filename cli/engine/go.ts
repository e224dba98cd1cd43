/** The Go toolchain of this machine, as far as building the engine needs it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { coerce, lt } from "semver";
import which from "which";
import { runProcess } from "../child-process.ts";
import type { SearchContext } from "./engine.ts";

/** A Go toolchain that can build a certain module. */
export interface Go {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The `go` on PATH, when it can build the module in this folder. A toolchain that Go itself fetches counts.
 * @throws Error that names the version that is needed and the one that is there.
 */
export async function findGo(module: string, context: SearchContext): Promise<Go> {
  const needed = await neededVersion(module);
  const command = await which("go", { path: context.env["PATH"] ?? "", nothrow: true });
  if (command === null) throw new Error(`there is no \`go\` on PATH; Go ${needed} or newer is needed`);
  const env = buildEnvironment(context.env);
  const { code, stdout, stderr } = await runProcess(command, ["env", "GOVERSION"], {
    env,
    cwd: module,
    signal: context.signal,
  });
  const version = coerce(stdout);
  if (code !== 0 || version === null) throw new Error(`\`${command} env GOVERSION\` failed: ${stderr.trim()}`);
  if (lt(version, needed)) throw new Error(`${command} is Go ${version.version}; ${needed} or newer is needed`);
  return { command, env };
}

/** The `go` line of go.mod. */
async function neededVersion(module: string): Promise<string> {
  const file = join(module, "go.mod");
  const version = /^go (\d+\.\d+\.\d+)$/m.exec(await readFile(file, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file} has no go line`);
  return version;
}

/** The user's environment without what would build for another system, from other modules, or with a C compiler. */
function buildEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _system, GOARCH: _architecture, GOFLAGS: _flags, ...kept } = env;
  return { ...kept, GOWORK: "off", CGO_ENABLED: "0" };
}
