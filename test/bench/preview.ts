/** The time of `pulumi preview`: of the whole chain, with everything created, and of a program that declares nothing. */
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EngineHome, pulumiCaptured } from "../../sandbox/pulumi.ts";
import { AS_PROCESSES } from "../e2e/support/plugin-host.ts";
import { openScriptedChain, type ScriptedChain } from "../e2e/support/scripted-chain.ts";

/** What the previews took, one entry a run. */
export interface PreviewTimes {
  readonly emptyMs: readonly number[];
  readonly chainMs: readonly number[];
  /** How many resources the chain's preview covers. */
  readonly resources: number;
}

/** Creates the chain against emulated services and previews both programs in turn. */
export async function measurePreviews(runs: number): Promise<PreviewTimes> {
  const chain = await openScriptedChain();
  try {
    await chain.succeed("up", "--yes", "--skip-preview");
    const empty = await emptyProgram(chain);
    const emptyMs: number[] = [];
    const chainMs: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      emptyMs.push(await timed(() => empty("preview")));
      chainMs.push(await timed(() => succeed(asUsers(chain), ["preview", "--expect-no-changes"])));
    }
    return { emptyMs, chainMs, resources: (await chain.state()).resources.length };
  } finally {
    await chain.close();
  }
}

/** Its plugins are processes. */
function asUsers({ home }: ScriptedChain): EngineHome {
  return { ...home, env: { ...home.env, ...AS_PROCESSES } };
}

async function succeed(home: EngineHome, args: readonly string[], folder?: string): Promise<void> {
  const { code, stdout, stderr } = await pulumiCaptured(home, args, folder);
  if (code !== 0) throw new Error(`pulumi ${args[0]} ended with ${code}\n${stdout}\n${stderr}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** A program of the same runtime beside the chain's, and how to run `pulumi` in it. */
async function emptyProgram({ projectDir, home }: ScriptedChain): Promise<(...args: string[]) => Promise<void>> {
  const folder = join(projectDir, "..", "empty-program");
  const project = "name: empty\nruntime: {name: nodejs, options: {typescript: false}}\nmain: index.js\n";
  await mkdir(folder);
  await writeFile(join(folder, "Pulumi.yaml"), project);
  await writeFile(join(folder, "package.json"), '{"type": "module"}\n');
  await writeFile(join(folder, "index.js"), "");
  await symlink(join(projectDir, "node_modules"), join(folder, "node_modules"));
  const { PULUMI_OPTION_CONFIG_FILE: _ofTheChain, ...env } = home.env;
  const pulumi = (...args: string[]): Promise<void> => succeed({ ...home, env }, args, folder);
  await pulumi("stack", "init", "empty");
  return pulumi;
}
