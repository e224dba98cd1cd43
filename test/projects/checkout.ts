/** A project of this folder as a team has it: a checkout with its lock file, and with what git ignores. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { madeOnce } from "../../sandbox/docker/system/made-once.ts";
import { cacheDir } from "../../sandbox/paths.ts";
import type { Layout } from "./layouts.ts";

/** The tools that write lock files, as the Dockerfile pins them. */
const TOOLS = ["uv==0.13.9", "poetry==2.5.1", "pipenv==2026.10.3"];

/** The Python that has the tools as modules, wherever its folder is moved to. They are installed once. */
export async function packageTools(): Promise<string> {
  const key = TOOLS.join("-").replaceAll(/[^\w.-]+/g, "-");
  const folder = await madeOnce(join(cacheDir(), "python-package-tools"), key, async (target) => {
    await execa("python3", ["-m", "venv", target]);
    await execa(join(target, "bin", "python"), ["-m", "pip", "install", "--quiet", ...TOOLS]);
  });
  return join(folder, "bin", "python");
}

/** Makes the checkout. @param tools the Python that has the package tools; without it no lock file is made. */
export async function checkOut(layout: Layout, folder: string, tools?: string): Promise<string> {
  await cp(join(import.meta.dirname, layout.name), folder, { recursive: true });
  const cwd = join(folder, layout.path ?? ".");
  if (layout.lock && tools) await execa(tools, ["-m", ...layout.lock], { cwd });
  await git(folder, "init", "--quiet", "--initial-branch", "main");
  await git(folder, "add", "--all");
  await git(folder, "commit", "--quiet", "--message", "All of it");
  for (const [path, content] of Object.entries(layout.ignored ?? {})) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Runs git in a folder, as somebody. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const somebody = ["-c", "user.name=Somebody", "-c", "user.email=somebody@acme.example"];
  const env = { GIT_CONFIG_GLOBAL: "/dev/null" };
  return (await execa("git", ["-C", folder, ...somebody, ...args], { env })).stdout;
}
