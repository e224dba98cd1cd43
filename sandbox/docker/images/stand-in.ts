/**
 * A base image made from Debian packages, for machines that cannot reach Docker Hub. It stands in for the slim
 * Python images: same commands (`python`, `pip`, `useradd`), the Python version of the machine's release.
 */
import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { z } from "zod";
import type { Progress } from "../../../cli/progress.ts";
import { call, type Tool } from "../system/command.ts";
import { exists } from "../system/exists.ts";
import { hostTool } from "../system/host.ts";
import { madeOnce } from "../system/made-once.ts";

/** An image in the cache: its manifest and the blobs that it names. */
export interface StandIn {
  readonly manifest: Buffer;
  /** Digest of the manifest. */
  readonly digest: string;
  /** Path of the blob with this digest. */
  blob(digest: string): string;
}

/** Media type of the image's manifest, as Docker's "Image Manifest V 2, Schema 2" names it. */
export const MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";
const CONFIG_TYPE = "application/vnd.docker.container.image.v1+json";
const LAYER_TYPE = "application/vnd.docker.image.rootfs.diff.tar.gzip";

const PACKAGES = ["ca-certificates", "python3", "python3-pip"];
/** Files that no Django application reads. */
const LEFT_OUT = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"];
/** Debian keeps pip from changing the system's Python; in the images that it stands in for, pip is free to. */
const SETUP = ['rm -f "$1"/usr/lib/python3*/EXTERNALLY-MANAGED', 'ln -s python3 "$1"/usr/bin/python'];

const FOLDER = "base-images";
/** Counts up when the image is made in another way. */
const FORMAT_VERSION = 1;
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

const indexSchema = z.object({ digest: z.string() });

/** What it takes to make one. */
export interface StandInRequest {
  readonly cacheDir: string;
  readonly mmdebstrap: Tool;
  readonly progress: Progress;
}

/** The stand-in of this machine's release, when it was made before. */
export async function findStandIn(cacheDir: string): Promise<StandIn | undefined> {
  const folder = join(cacheDir, FOLDER, recipeKey(await packageSources()));
  return (await exists(folder)) ? load(folder) : undefined;
}

/**
 * Makes the stand-in of this machine's release.
 * @throws CommandFailure with mmdebstrap's words when the packages cannot be had.
 */
export async function makeStandIn(request: StandInRequest): Promise<StandIn> {
  const sources = await packageSources();
  const folder = await madeOnce(join(request.cacheDir, FOLDER), recipeKey(sources), (target, scratch) =>
    request.progress.step(
      "Making the base image from Debian packages, as Docker Hub is out of reach",
      (detail) => make(request.mmdebstrap, sources, target, scratch, detail),
      "30 to 90 s, once",
    ),
  );
  return load(folder);
}

function recipeKey(sources: readonly string[]): string {
  const recipe = JSON.stringify([FORMAT_VERSION, process.arch, sources, PACKAGES, LEFT_OUT, SETUP]);
  return createHash("sha256").update(recipe).digest("hex").slice(0, 16);
}

async function load(folder: string): Promise<StandIn> {
  const { digest } = indexSchema.parse(JSON.parse(await readFile(join(folder, "index.json"), "utf8")));
  const blob = (wanted: string): string => join(folder, "blobs", wanted.replace("sha256:", ""));
  return { manifest: await readFile(blob(digest)), digest, blob };
}

async function make(
  mmdebstrap: Tool,
  sources: readonly string[],
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
  ];
  const [suite = ""] = sources[0]?.split(" ").slice(2) ?? [];
  await call({ ...mmdebstrap, env: { ...mmdebstrap.env, TMPDIR: scratch } }, [...options, suite, tar, ...sources], {
    onLine: detail,
  });
  detail("packing the layer");
  await writeImage(tar, folder, scratch);
}

/** Writes the tar as the single layer of an image. */
async function writeImage(tar: string, folder: string, scratch: string): Promise<void> {
  const blobs = join(folder, "blobs");
  await mkdir(blobs);
  const store = async (content: string): Promise<string> => {
    const hex = createHash("sha256").update(content).digest("hex");
    await writeFile(join(blobs, hex), content);
    return `sha256:${hex}`;
  };

  const [plain, packed] = [createHash("sha256"), createHash("sha256")];
  const layer = join(scratch, "layer.tar.gz");
  await pipeline(
    createReadStream(tar),
    hashing(plain),
    createGzip({ level: 1 }),
    hashing(packed),
    createWriteStream(layer),
  );
  await rm(tar);
  const layerHex = packed.digest("hex");
  await rename(layer, join(blobs, layerHex));

  const created = new Date().toISOString();
  const config = JSON.stringify({
    created,
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: "linux",
    config: {
      Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"],
      Cmd: ["python3"],
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${plain.digest("hex")}`] },
    // Buildah finds cached layers by comparing histories, dates included.
    history: [{ created, created_by: `Debian packages ${PACKAGES.join(", ")}` }],
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: CONFIG_TYPE, size: Buffer.byteLength(config), digest: await store(config) },
    layers: [
      {
        mediaType: LAYER_TYPE,
        size: (await stat(join(blobs, layerHex))).size,
        digest: `sha256:${layerHex}`,
      },
    ],
  });
  await writeFile(join(folder, "index.json"), JSON.stringify({ digest: await store(manifest) }));
}

const hashing = (hash: Hash) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };

/** The distribution's own package sources, as this machine reaches them: `deb URI SUITE COMPONENT`. */
async function packageSources(): Promise<string[]> {
  const osRelease = await readFile("/etc/os-release", "utf8");
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(osRelease)?.[1] ?? "stable";
  const format = "$(ORIGIN) $(CREATED_BY) deb $(REPO_URI) $(RELEASE) $(COMPONENT)";
  const { stdout } = await call(hostTool("apt-get"), ["indextargets", "--format", format]);
  const sources = stdout
    .split("\n")
    .flatMap((line) => /^(?:Debian|Ubuntu) Packages (deb .*)$/.exec(line)?.[1] ?? [])
    .filter((source) => source.split(" ")[2]?.startsWith(codename));
  // The release itself first: mmdebstrap is told its name, and updates add to it.
  return [...new Set(sources)].sort((a, b) => (a.split(" ")[2] ?? "").length - (b.split(" ")[2] ?? "").length);
}

/** How this machine's apt reaches the network (proxies, certificate authorities), which mmdebstrap does not read. */
async function aptNetworkOptions(): Promise<string[]> {
  const { stdout } = await call(hostTool("apt-config"), ["dump", "Acquire"]);
  return stdout.split("\n").filter((line) => /^Acquire::(?:https?|ftp)::\S+ ".+";$/i.test(line));
}
