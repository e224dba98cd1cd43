/** What runs a Pulumi program in Python: a language host, and a virtual environment with Pulumi's SDK. */
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import which from "which";
import { buildPart } from "../../../cli/engine/build.ts";
import { type Engine, engineEnvironment } from "../../../cli/engine/index.ts";
import { BUILT_HOST_VERSION } from "../../../cli/engine/versions.ts";
import { silentProgress } from "../../../cli/progress.ts";
import { cacheDir } from "../../../sandbox/paths.ts";

const HOST = "pulumi-language-python";
const HOST_PACKAGE = "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python";

/** Folder of the Python language host: the engine's own, else one that is built once and kept. Needs Go for that. */
export async function pythonHost(engine: Engine): Promise<string> {
  const found = await which(HOST, { path: engineEnvironment(engine, process.env)["PATH"] ?? "", nothrow: true });
  if (found !== null) return dirname(found);
  const place = join(cacheDir(), `${HOST}-${BUILT_HOST_VERSION}`);
  if ((await which(HOST, { path: place, nothrow: true })) !== null) return place;
  await mkdir(cacheDir(), { recursive: true });
  const work = await mkdtemp(`${place}-`);
  try {
    const binDir = join(work, "bin");
    await mkdir(binDir);
    const part = {
      title: "Python language host",
      module: "python-host",
      executable: HOST,
      version: BUILT_HOST_VERSION,
      estimate: "30 s",
    };
    const context = { progress: silentProgress, env: process.env };
    const go = await buildPart(part, { goModules: import.meta.dirname, binDir, workDir: work }, context);
    const cwd = resolve(import.meta.dirname, part.module);
    const { stdout } = await execa(go.command, ["list", "-f", "{{.Dir}}", HOST_PACKAGE], { cwd, env: go.env });
    // The script that the host starts the program with comes beside its sources.
    await copyFile(join(dirname(stdout), `${HOST}-exec`), join(binDir, `${HOST}-exec`));
    await rename(binDir, place);
    return place;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Makes a virtual environment in `folder` with what the requirements file names. */
export async function virtualEnvironment(folder: string, requirements: string): Promise<void> {
  await execa("python3", ["-m", "venv", folder]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
  await execa(join(folder, "bin", "python"), pip);
}

/** Whether Python with virtual environments is here, and the host is or can be built; what is missing when not. */
export async function missingForPython(engine: Engine): Promise<string | undefined> {
  const venv = await execa("python3", ["-m", "venv", "--help"], { reject: false });
  if (venv.exitCode !== 0) return "there is no python3 with the module venv";
  const path = engineEnvironment(engine, process.env)["PATH"] ?? "";
  const tools = await Promise.all([HOST, "go"].map((name) => which(name, { path, nothrow: true })));
  return tools.some((tool) => tool !== null) ? undefined : `there is no ${HOST}, and no Go to build it`;
}
