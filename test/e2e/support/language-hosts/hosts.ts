/** Language hosts for tests in other languages: the engine's own, else built once from pinned Go modules and kept. */
import { createHash } from "node:crypto";
import { copyFile, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";
import which from "which";
import { buildPart, type Part } from "../../../../cli/engine/build.ts";
import { type Engine, engineEnvironment } from "../../../../cli/engine/index.ts";
import { BUILT_HOST_VERSION, ENGINE_VERSION } from "../../../../cli/engine/versions.ts";
import { silentProgress } from "../../../../cli/progress.ts";
import { madeOnce } from "../../../../sandbox/docker/system/made-once.ts";
import { cacheDir } from "../../../../sandbox/paths.ts";

/** A language host that Go can build. */
export interface LanguageHost extends Part {
  /** A file near the sources of a Go package, as seen from there, that must lie beside the executable. */
  readonly beside?: { readonly package: string; readonly file: string };
}

/** Runs programs in Python: the newest host that is served as a Go module. */
export const pythonHost: LanguageHost = {
  title: "Python language host",
  module: "python-host",
  executable: "pulumi-language-python",
  version: BUILT_HOST_VERSION,
  estimate: "30 s",
  // The script that the host starts the program with.
  beside: {
    package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    file: "../pulumi-language-python-exec",
  },
};

/** Makes SDKs for Python, and does nothing else: the host above is older than `pulumi package gen-sdk`. */
export const pythonGenerator: LanguageHost = {
  title: "generator of Python SDKs",
  module: "python-generator",
  executable: "pulumi-language-python",
  version: ENGINE_VERSION,
  estimate: "1 min",
};

/** Runs programs in YAML. */
export const yamlHost: LanguageHost = {
  title: "YAML language host",
  module: "yaml-host",
  executable: "pulumi-language-yaml",
  version: "1.25.0",
  estimate: "1 min",
};

/** Folder of the host's executable. Needs Go when neither the engine brings the host nor a run before has built it. */
export async function languageHost(host: LanguageHost, engine: Engine): Promise<string> {
  const found = await ownHost(host, engine);
  if (found !== null) return dirname(found);
  // A folder for each, so that nobody waits for the build of another host.
  return madeOnce(join(cacheDir(), "language-hosts", host.module), await keyOf(host), (binDir, workDir) =>
    build(host, binDir, workDir),
  );
}

/** Why the host can neither be found nor built here; undefined when it can. */
export async function missingHost(host: LanguageHost, engine: Engine): Promise<string | undefined> {
  if ((await ownHost(host, engine)) !== null || (await which("go", { nothrow: true })) !== null) return undefined;
  return `there is no ${host.executable}, and no Go to build it`;
}

function ownHost(host: LanguageHost, engine: Engine): Promise<string | null> {
  return which(host.executable, { path: engineEnvironment(engine, process.env)["PATH"] ?? "", nothrow: true });
}

/** Another version, and other modules or sources, are another host. */
async function keyOf({ module, version }: LanguageHost): Promise<string> {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "main.go"])
    hash.update(await readFile(join(import.meta.dirname, module, file)).catch(() => ""));
  return `${version}-${hash.digest("hex").slice(0, 12)}`;
}

async function build(host: LanguageHost, binDir: string, workDir: string): Promise<void> {
  const context = { progress: silentProgress, env: process.env };
  const go = await buildPart(host, { goModules: import.meta.dirname, binDir, workDir }, context);
  if (host.beside === undefined) return;
  const cwd = join(import.meta.dirname, host.module);
  const { stdout } = await execa(go.command, ["list", "-f", "{{.Dir}}", host.beside.package], { cwd, env: go.env });
  await copyFile(join(stdout, host.beside.file), join(binDir, basename(host.beside.file)));
}
