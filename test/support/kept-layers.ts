/**
 * Large layers of images, kept from world to world. Each world has a registry of its own, and the first push to one
 * compresses and uploads the base image and what pip has installed, which costs more than all else in a test's `up`.
 * A Docker engine looks whether the repository has a layer already, by the digests that it knows of the layer from
 * other registries, so that it is enough that the layer is there. Tags and manifests are each world's own.
 */
import { cp, link, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectRoot } from "../../sandbox/paths.ts";

const KEPT = join(projectRoot, "node_modules", ".cache", "layers-for-tests");
/** Smaller ones are the site's own and change with every test. */
const LARGE_BYTES = 1_000_000;
/** An image has three or four, and now and then a build makes others. */
const MOST = 12;

/** The folders of the registry's storage: "Registry storage driver" of the Distribution project. */
function storageOf(folder: string) {
  const root = join(folder, "data", "docker", "registry", "v2");
  return {
    blobs: join(root, "blobs", "sha256"),
    blob: (hex: string) => join(root, "blobs", "sha256", hex.slice(0, 2), hex, "data"),
    layer: (repository: string, hex: string) =>
      join(root, "repositories", repository, "_layers", "sha256", hex, "link"),
  };
}

/**
 * Puts the kept layers into a repository of a registry that is about to be opened.
 * @param folder the registry's own.
 */
export async function bringLayers(folder: string, repository: string): Promise<void> {
  const { blob, layer } = storageOf(folder);
  for (const hex of await namesIn(KEPT)) {
    if (hex.includes("-")) continue; // Being kept at this moment.
    await put(join(KEPT, hex), blob(hex));
    const file = layer(repository, hex);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `sha256:${hex}`);
  }
}

/** Keeps the large layers of a registry that has been closed, for the worlds after it. */
export async function keepLayers(folder: string): Promise<void> {
  const { blobs, blob } = storageOf(folder);
  const known = new Set(await namesIn(KEPT));
  for (const prefix of await namesIn(blobs)) {
    for (const hex of await namesIn(join(blobs, prefix))) {
      if (known.has(hex) || (await sizeOf(blob(hex))) < LARGE_BYTES) continue;
      await mkdir(KEPT, { recursive: true });
      const scratch = await mkdtemp(join(KEPT, `${hex}-`));
      await put(blob(hex), join(scratch, hex));
      await rename(join(scratch, hex), join(KEPT, hex));
      await rm(scratch, { recursive: true });
    }
  }
  await dropOldest();
}

async function dropOldest(): Promise<void> {
  const kept = (await namesIn(KEPT)).filter((name) => !name.includes("-"));
  const aged = await Promise.all(kept.map(async (hex) => ({ hex, time: (await stat(join(KEPT, hex))).mtimeMs })));
  const old = aged.sort((one, other) => other.time - one.time).slice(MOST);
  await Promise.all(old.map(({ hex }) => rm(join(KEPT, hex), { force: true })));
}

/** By a link where both are on one file system: a registry never writes into a blob. */
async function put(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await link(from, to).catch(() => cp(from, to));
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
