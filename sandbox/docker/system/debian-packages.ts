/**
 * Programs from Debian packages, unpacked into a folder of their own. Nothing is installed: no package database
 * changes, no service starts, nothing has to be removed afterwards.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../../cli/progress.ts";
import { type CallOptions, CommandFailure, call } from "./command.ts";
import { exists } from "./exists.ts";
import { hostEnvironment, hostTool } from "./host.ts";
import { madeOnce } from "./made-once.ts";

/** Where unpacked programs are, and the environment that they need. */
export interface UnpackedPrograms {
  /** Folder that stands for `/` of the packages. */
  readonly root: string;
  /** This process's environment, with the unpacked programs and libraries before the machine's own. */
  readonly env: Record<string, string>;
}

/** What to unpack. */
export interface PackageRequest {
  readonly cacheDir: string;
  readonly packages: readonly string[];
  /** Packages that only some releases have. */
  readonly optionalPackages?: readonly string[];
  readonly progress: Progress;
  /** Ends the download. */
  readonly signal?: AbortSignal | undefined;
}

/** True on Debian and its derivatives as root: what unpacking and starting a container engine take. */
export async function isDebianRoot(): Promise<boolean> {
  return process.getuid?.() === 0 && (await exists("/etc/debian_version")) && (await exists("/usr/bin/apt-get"));
}

/**
 * Downloads and unpacks packages with those they depend on, once; later calls find them in the cache.
 * What the machine has installed already is used from there.
 * @throws Error with apt's own words and the next step when a package cannot be had.
 */
export async function unpackPackages(request: PackageRequest): Promise<UnpackedPrograms> {
  const wanted = [...request.packages, ...(request.optionalPackages ?? [])];
  const release = await readFile("/etc/os-release", "utf8");
  const key = createHash("sha256")
    .update(JSON.stringify([release, process.arch, wanted]))
    .digest("hex")
    .slice(0, 16);
  const root = await madeOnce(join(request.cacheDir, "packages"), key, (folder, scratch) =>
    request.progress.step(
      `Unpacking ${request.packages.join(", ")}`,
      (detail) => downloadAndUnpack(request, folder, scratch, detail),
      "10 s, 70 MB to download",
    ),
  );
  return { root, env: await environmentOf(root) };
}

async function downloadAndUnpack(
  request: PackageRequest,
  folder: string,
  scratch: string,
  detail: (text: string) => void,
): Promise<void> {
  await mkdir(join(scratch, "partial"));
  await download(request, scratch, { onLine: detail, ...(request.signal && { signal: request.signal }) });
  for (const archive of (await readdir(scratch)).filter((name) => name.endsWith(".deb"))) {
    detail(archive);
    await call(hostTool("dpkg-deb"), ["--extract", join(scratch, archive), folder]);
  }
}

async function download(request: PackageRequest, archives: string, options: CallOptions): Promise<void> {
  const aptGet = hostTool("apt-get");
  const attempt = async (): Promise<void> => {
    const optional = await available(request.optionalPackages ?? []);
    const downloadOnly = ["install", "--download-only", "--yes", "--no-install-recommends"];
    const intoFolder = ["-o", `Dir::Cache::archives=${archives}/`, "-o", "Debug::NoLocking=1"];
    await call(aptGet, [...downloadOnly, ...intoFolder, ...request.packages, ...optional], options);
  };
  try {
    await attempt();
  } catch {
    request.signal?.throwIfAborted();
    // The package lists may be absent or out of date. A source that is not needed here may well fail to update.
    await call(aptGet, ["update"], options).catch((error: unknown) => error);
    await attempt().catch((error: unknown) => {
      request.signal?.throwIfAborted();
      throw explain(error, request.packages);
    });
  }
}

function explain(error: unknown, packages: readonly string[]): unknown {
  if (!(error instanceof CommandFailure)) return error;
  return new Error(
    `The Debian packages ${packages.join(", ")} could not be downloaded. ${error.message}\n` +
      `Check that "apt-get update" works on this machine.`,
  );
}

async function available(packages: readonly string[]): Promise<string[]> {
  const known = await Promise.all(
    packages.map((name) =>
      call(hostTool("apt-cache"), ["show", "--no-all-versions", name]).then(
        () => true,
        () => false,
      ),
    ),
  );
  return packages.filter((_name, index) => known[index]);
}

async function environmentOf(root: string): Promise<Record<string, string>> {
  const env = hostEnvironment();
  const entries = await readdir(join(root, "usr/lib")).catch(() => []);
  const triplets = entries.filter((name) => name.includes("-linux-gnu"));
  const libraries = ["usr/lib", ...triplets.flatMap((triplet) => [`usr/lib/${triplet}`, `lib/${triplet}`])];
  const below = (names: readonly string[]): string[] => names.map((name) => join(root, name));
  return {
    ...env,
    // Daemons live in sbin, which a user's PATH may leave out.
    PATH: [...below(["usr/sbin", "usr/bin", "sbin", "bin"]), env["PATH"] ?? "", "/usr/sbin", "/sbin"].join(":"),
    LD_LIBRARY_PATH: [...below(libraries), ...(env["LD_LIBRARY_PATH"] ? [env["LD_LIBRARY_PATH"]] : [])].join(":"),
  };
}
