import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { defaultBaseImage } from "../../sandbox/docker/images/base-image.ts";
import { type Mirror, startMirror } from "../../sandbox/docker/images/mirror.ts";
import { makeAvailable, type PublicImages } from "../../sandbox/docker/images/public-images.ts";
import { MANIFEST_TYPE, type StoredImage } from "../../sandbox/docker/images/stored-image.ts";

const digestOf = (content: string): string => `sha256:${createHash("sha256").update(content).digest("hex")}`;

describe("the mirror", () => {
  const [manifest, layer] = ['{"schemaVersion":2}', "a layer"];
  let folder: string;
  let mirror: Mirror;
  let image: StoredImage;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-mirror-"));
    await writeFile(join(folder, digestOf(layer).slice(7)), layer);
    image = {
      manifest: Buffer.from(manifest),
      digest: digestOf(manifest),
      blob: (digest) => join(folder, digest.slice(7)),
    };
    mirror = await startMirror(folder);
  });
  after(async () => {
    await mirror.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string): Promise<Response> => fetch(`http://${mirror.address}/v2/library/${path}`);

  it("comes back at the same address", async () => {
    const before = mirror.address;
    await mirror.close();
    mirror = await startMirror(folder);
    assert.equal(mirror.address, before);
  });

  it("knows nothing until there is an image to offer", async () => {
    const response = await get("python/manifests/3.12-slim");
    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), {
      errors: [{ code: "MANIFEST_UNKNOWN", message: "not known to this mirror" }],
    });
  });

  it("serves the image under the Dockerfile's tag, other slim tags and its digest", async () => {
    mirror.offer(image);
    const ofDockerfile = (await defaultBaseImage())?.replace("python:", "") ?? "";
    for (const reference of [ofDockerfile, "3.12-slim", "3-slim-bookworm", image.digest]) {
      const response = await get(`python/manifests/${reference}`);
      assert.equal(response.status, 200, reference);
      assert.equal(response.headers.get("content-type"), MANIFEST_TYPE);
      assert.equal(response.headers.get("docker-content-digest"), image.digest);
      assert.equal(await response.text(), manifest);
    }
    assert.equal(await (await get(`python/blobs/${digestOf(layer)}`)).text(), layer);
  });

  it("does not stand in for other images", async () => {
    mirror.offer(image);
    const others = ["python/manifests/3.12-alpine", "python/manifests/3.12", "node/manifests/22-slim"];
    for (const path of [...others, `python/blobs/${digestOf("other")}`, "python/blobs/sha256:..%2F..%2Fetc"]) {
      assert.equal((await get(path)).status, 404, path);
    }
  });
});

describe("the base image", () => {
  it("is the default of the Dockerfile's argument", async () => {
    const folder = await mkdtemp(join(tmpdir(), "docker-base-image-"));
    try {
      const file = join(folder, "Dockerfile");
      await writeFile(file, "# x\nARG PYTHON_IMAGE=python:3.13-slim\nFROM ${PYTHON_IMAGE}\n");
      assert.equal(await defaultBaseImage(file), "python:3.13-slim");
      await writeFile(file, "FROM python:3.13-slim\n");
      assert.equal(await defaultBaseImage(file), undefined);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is pulled only when it is not there", async () => {
    const pulled: string[] = [];
    const images: PublicImages = {
      has: async (image) => image === "there",
      pull: async (image) => {
        pulled.push(image);
        if (image === "nowhere") throw new Error("no such host");
      },
    };
    assert.equal(await makeAvailable(images, "there", { progress: silentProgress }), true);
    assert.equal(await makeAvailable(images, "new", { progress: silentProgress }), true);
    assert.equal(await makeAvailable(images, "nowhere", { progress: silentProgress }), false);
    assert.deepEqual(pulled, ["new", "nowhere"]);
  });
});
