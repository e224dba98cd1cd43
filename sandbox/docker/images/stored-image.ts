/** An image with a single layer, kept as the files that a registry serves. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { z } from "zod";

/** An image in a folder: its manifest and the blobs that it names. */
export interface StoredImage {
  readonly manifest: Buffer;
  /** Digest of the manifest. */
  readonly digest: string;
  /** Path of the blob with this digest. */
  blob(digest: string): string;
}

/** Media types of Docker's "Image Manifest Version 2, Schema 2". */
export const MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";
const CONFIG_TYPE = "application/vnd.docker.container.image.v1+json";
const LAYER_TYPE = "application/vnd.docker.image.rootfs.diff.tar.gzip";

/** Go's names of processors, which images use. */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

const indexSchema = z.object({ digest: z.string() });

/** Reads an image that `writeImage` wrote. */
export async function readImage(folder: string): Promise<StoredImage> {
  const { digest } = indexSchema.parse(JSON.parse(await readFile(join(folder, "index.json"), "utf8")));
  const blob = (wanted: string): string => join(folder, "blobs", wanted.replace("sha256:", ""));
  return { manifest: await readFile(blob(digest)), digest, blob };
}

/** What an image is written from. */
export interface ImageSource {
  /** The layer's files. */
  readonly tar: string;
  /** Empty folder that takes the image. */
  readonly folder: string;
  /** Folder on the same file system for what is unfinished. */
  readonly scratch: string;
  /** For people who look at the image's history. */
  readonly madeFrom: string;
}

/** Writes an image that runs Python from a tar of a whole file system. */
export async function writeImage({ tar, folder, scratch, madeFrom }: ImageSource): Promise<void> {
  const blobs = join(folder, "blobs");
  await mkdir(blobs);
  const store = async (content: string): Promise<{ size: number; digest: string }> => {
    const hex = createHash("sha256").update(content).digest("hex");
    await writeFile(join(blobs, hex), content);
    return { size: Buffer.byteLength(content), digest: `sha256:${hex}` };
  };

  const layer = await packLayer(tar, blobs, scratch);
  const created = new Date().toISOString();
  const config = await store(
    JSON.stringify({
      created,
      architecture: ARCHITECTURES[process.arch] ?? process.arch,
      os: "linux",
      config: {
        Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"],
        Cmd: ["python3"],
      },
      rootfs: { type: "layers", diff_ids: [layer.contentDigest] },
      // Buildah finds cached layers by comparing histories, dates included.
      history: [{ created, created_by: madeFrom }],
    }),
  );
  const manifest = await store(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: CONFIG_TYPE, ...config },
      layers: [{ mediaType: LAYER_TYPE, size: layer.size, digest: layer.digest }],
    }),
  );
  await writeFile(join(folder, "index.json"), JSON.stringify({ digest: manifest.digest }));
}

/** Compresses the tar into a blob, taking both digests on the way. */
async function packLayer(
  tar: string,
  blobs: string,
  scratch: string,
): Promise<{ size: number; digest: string; contentDigest: string }> {
  const [content, packed] = [createHash("sha256"), createHash("sha256")];
  const unnamed = join(scratch, "layer");
  await pipeline(
    createReadStream(tar),
    hashing(content),
    createGzip({ level: 1 }),
    hashing(packed),
    createWriteStream(unnamed),
  );
  const hex = packed.digest("hex");
  const file = join(blobs, hex);
  await rename(unnamed, file);
  return { size: (await stat(file)).size, digest: `sha256:${hex}`, contentDigest: `sha256:${content.digest("hex")}` };
}

const hashing = (hash: Hash) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
