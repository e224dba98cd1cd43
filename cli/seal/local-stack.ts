/** Stacks in the backend of a throwaway stack. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { ExportedState } from "./snapshot.ts";

/** Runs a command of the engine in the throwaway folder; gives its output. Throws UserError when it fails. */
export type RunInside = (args: readonly string[], input?: string) => Promise<string>;

/** A stack in a folder of its own, which has its project's file and its own. */
export interface LocalStack {
  readonly folder: string;
  readonly stack: string;
  /** The salt of its passphrase. */
  readonly salt: string;
}

/** Makes an empty stack. */
export async function initStack(folder: string, project: string, stack: string, run: RunInside): Promise<LocalStack> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
  await run(["stack", "init", stack, "--no-select", "--cwd", folder]);
  const text = await readFile(join(folder, `Pulumi.${stack}.yaml`), "utf8");
  const { encryptionsalt: salt } = parse(text) as { readonly encryptionsalt: string };
  return { folder, stack, salt };
}

/** Gives a stack its state, encrypted with the stack's own salt. */
export async function importState(
  { folder, stack, salt }: LocalStack,
  { version, deployment }: ExportedState,
  run: RunInside,
): Promise<void> {
  const secrets_providers = { type: "passphrase", state: { salt } };
  const state = JSON.stringify({ version, deployment: { ...deployment, secrets_providers } });
  await run(["stack", "import", "--stack", stack, "--cwd", folder], state);
}
