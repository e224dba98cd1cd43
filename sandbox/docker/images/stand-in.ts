/**
 * A base image made from Debian packages, for machines that cannot reach Docker Hub. It stands in for the slim
 * Python images: same commands (`python`, `pip`, `useradd`), the Python version of the machine's release.
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Progress } from "../../../cli/progress.ts";
import { call, type Tool } from "../system/command.ts";
import { exists } from "../system/exists.ts";
import { madeOnce } from "../system/made-once.ts";
import { aptNetworkOptions, type PackageSources, packageSources } from "./package-sources.ts";
import { readImage, type StoredImage, writeImage } from "./stored-image.ts";

const PACKAGES = ["ca-certificates", "python3", "python3-pip"];
/** Files that no Django application reads. */
const LEFT_OUT = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"];
/** Debian keeps pip from changing the system's Python; in the images that it stands in for, pip is free to. */
const SETUP = ['rm -f "$1"/usr/lib/python3*/EXTERNALLY-MANAGED', 'ln -s python3 "$1"/usr/bin/python'];

const FOLDER = "base-images";
/** Counts up when the image is made in another way. */
const FORMAT_VERSION = 2;

/** What it takes to make one. */
export interface StandInRequest {
  readonly cacheDir: string;
  readonly mmdebstrap: Tool;
  readonly progress: Progress;
  /** Ends the making. */
  readonly signal?: AbortSignal | undefined;
}

/** The stand-in of this machine's release, when it was made before. */
export async function findStandIn(cacheDir: string): Promise<StoredImage | undefined> {
  const folder = join(cacheDir, FOLDER, recipeKey(await packageSources()));
  return (await exists(folder)) ? readImage(folder) : undefined;
}

/**
 * Makes the stand-in of this machine's release.
 * @throws CommandFailure with mmdebstrap's words when the packages cannot be had.
 */
export async function makeStandIn(request: StandInRequest): Promise<StoredImage> {
  const sources = await packageSources();
  const folder = await madeOnce(join(request.cacheDir, FOLDER), recipeKey(sources), (target, scratch) =>
    request.progress.step(
      "Making the base image from Debian packages, as Docker Hub is out of reach",
      (detail) => make(request, sources, target, scratch, detail),
      "30 to 90 s, once",
    ),
  );
  return readImage(folder);
}

function recipeKey(sources: PackageSources): string {
  const recipe = JSON.stringify([FORMAT_VERSION, process.arch, sources, PACKAGES, LEFT_OUT, SETUP]);
  return createHash("sha256").update(recipe).digest("hex").slice(0, 16);
}

async function make(
  { mmdebstrap, signal }: StandInRequest,
  sources: PackageSources,
  folder: string,
  scratch: string,
  detail: (text: string) => void,
): Promise<void> {
  const tar = join(scratch, "root.tar");
  const options = [
    "--variant=minbase",
    `--include=${PACKAGES.join(",")}`,
    ...LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`),
    ...SETUP.map((command) => `--customize-hook=${command}`),
    ...(await aptNetworkOptions()).map((option) => `--aptopt=${option}`),
    ...(await mergedFromTheStart(mmdebstrap)),
  ];
  const inScratch = { ...mmdebstrap, env: { ...mmdebstrap.env, TMPDIR: scratch } };
  const onLine = (line: string): void => detail(line.replace(/^I: /, ""));
  await call(inScratch, [...options, sources.release, tar, ...sources.lines], { onLine, ...(signal && { signal }) });
  detail("packing the layer");
  await writeImage({ tar, folder, scratch, madeFrom: `Debian packages ${PACKAGES.join(", ")}` });
}

/** Without mmdebstrap's own hook, a package merges /bin into /usr/bin afterwards and brings 40 MB of Perl for it. */
async function mergedFromTheStart({ program }: Tool): Promise<string[]> {
  const hook = join(dirname(program), "../share/mmdebstrap/hooks/merged-usr");
  return (await exists(hook)) ? [`--hook-dir=${hook}`] : [];
}
