/** Virtual environments for Pulumi programs in Python. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { Engine } from "../../../cli/engine/index.ts";
import { madeOnce } from "../../../sandbox/docker/system/made-once.ts";
import { cacheDir } from "../../../sandbox/paths.ts";
import { missingHost, pythonHost } from "./language-hosts/hosts.ts";

/** What installs a package from its sources. Where it lies already, pip need not fetch it for each package. */
const BUILD_TOOLS = ["pip==25.3", "setuptools==80.9.0", "wheel==0.45.1"];

/**
 * Makes a virtual environment in `folder` with what the requirements file names. Those packages are installed once on a
 * machine and kept: installing them takes longer than most tests.
 * @returns the environment of commands that use it.
 */
export async function virtualEnvironment(folder: string, requirements: string): Promise<Record<string, string>> {
  const packages = await installedPackages(requirements);
  await execa("python3", ["-m", "venv", "--without-pip", folder]);
  const python = join(folder, "bin", "python");
  const { stdout: own } = await execa(python, ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]);
  await writeFile(join(own, "kept.pth"), `${packages}\n`);
  return { VIRTUAL_ENV: folder, PIP_NO_BUILD_ISOLATION: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
}

/** Folder with the packages of a requirements file, for the Python that is here. */
async function installedPackages(requirements: string): Promise<string> {
  const { stdout: version } = await execa("python3", ["-c", "import sys; print(sys.implementation.cache_tag)"]);
  const key = createHash("sha256")
    .update(BUILD_TOOLS.join())
    .update(await readFile(requirements))
    .digest("hex");
  return madeOnce(join(cacheDir(), "python-packages"), `${version}-${key.slice(0, 12)}`, async (target, scratch) => {
    await execa("python3", ["-m", "venv", scratch]);
    const install = ["install", "--quiet", "--target", target, ...BUILD_TOOLS, "--requirement", requirements];
    await execa(join(scratch, "bin", "python"), ["-m", "pip", "--disable-pip-version-check", ...install]);
  });
}

/** Whether Python with virtual environments is here, and the host is or can be built; what is missing when not. */
export async function missingForPython(engine: Engine): Promise<string | undefined> {
  const venv = await execa("python3", ["-m", "venv", "--help"], { reject: false });
  return venv.exitCode === 0 ? missingHost(pythonHost, engine) : "there is no python3 with the module venv";
}
