/** Another stack of the same program in the same world, with a stack file of its own. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { RunResult } from "../../../cli/child-process.ts";
import { pulumiCaptured } from "../../../sandbox/pulumi.ts";
import type { Chain } from "./chain.ts";
import { type StackState, stackState } from "./stack-state.ts";

/** A stack of the program. */
export interface FurtherStack {
  readonly name: string;
  /** Its file. */
  readonly file: string;
  /** Runs `pulumi` on it in the copy of the program; gives its exit code and all it printed. */
  pulumi(...args: string[]): Promise<RunResult>;
  /** Runs `pulumi` on it and fails the test with its whole output when it fails. */
  succeed(...args: string[]): Promise<string>;
  /** Replaces its configuration. */
  configure(config: Record<string, unknown>): Promise<void>;
  /** The stack's outputs, secrets shown. */
  outputs(): Promise<unknown>;
  /** What the stack's state holds. */
  state(): Promise<StackState>;
}

/** Makes the stack with this configuration, by full key. */
export async function addStack(
  chain: Pick<Chain, "folder" | "home">,
  name: string,
  config: Record<string, unknown>,
): Promise<FurtherStack> {
  const folder = join(chain.folder, "stacks", name);
  const file = join(folder, `Pulumi.${name}.yaml`);
  await mkdir(folder, { recursive: true });
  // `stack init` writes the stack's salt beside the project file of the working folder.
  await writeFile(join(folder, "Pulumi.yaml"), "name: delivery\nruntime: nodejs\n");
  const run = async (args: readonly string[], cwd: string): Promise<RunResult> => {
    const { PULUMI_OPTION_CONFIG_FILE: _, ...env } = chain.home.env;
    return pulumiCaptured(
      { ...chain.home, env: { ...env, PULUMI_OPTION_CONFIG_FILE: file, PULUMI_STACK: name } },
      args,
      cwd,
    );
  };
  const orThrow = async (result: Promise<RunResult>, args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await result;
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} of ${name} ended with ${code}\n${stdout}\n${stderr}`);
    return stdout;
  };
  const init = ["stack", "init", name, "--no-select"];
  await orThrow(run(init, folder), init);
  const salt = await readFile(file, "utf8").catch(() => "");

  const stack: FurtherStack = {
    name,
    file,
    pulumi: (...args) => run(args, chain.home.projectDir),
    succeed: (...args) => orThrow(stack.pulumi(...args), args),
    configure: (changed) => writeFile(file, salt + stringify({ config: changed })),
    outputs: async () => JSON.parse(await stack.succeed("stack", "output", "--json", "--show-secrets")),
    state: async () => stackState(await stack.succeed("stack", "export")),
  };
  await stack.configure(config);
  return stack;
}
