/** A read-only registry on loopback that an engine asks before Docker Hub. It serves the stand-in, once there is one. */
import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { listen } from "../../services/core/listener.ts";
import { listenOnFree } from "../../services/core/ports.ts";
import { readJsonFile } from "../system/json-file.ts";
import { MANIFEST_TYPE, type StoredImage } from "./stored-image.ts";

/** A running mirror. */
export interface Mirror {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** Answers with this image for every slim Python tag from now on. */
  offer(image: StoredImage): void;
  close(): Promise<void>;
}

/** Tags of Docker Hub's "python" images that are built on Debian without its development packages. */
const SLIM_TAG = /^3(?:\.\d+){0,2}-slim(?:-[a-z]+)?$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

const recordSchema = z.object({ port: z.int() });

/** Starts a mirror on the port that it had the last time when that is free: a builder may be told its address. */
export async function startMirror(stateDir: string): Promise<Mirror> {
  let offered: StoredImage | undefined;
  const app = new Hono();

  app.get("/v2/", (context) => context.json({}));
  app.get("/v2/library/python/manifests/:reference", (context) => {
    const reference = context.req.param("reference");
    if (!offered || !(SLIM_TAG.test(reference) || reference === offered.digest)) {
      return unknown(context, "MANIFEST_UNKNOWN");
    }
    const headers = { "Content-Type": MANIFEST_TYPE, "Docker-Content-Digest": offered.digest };
    return context.body(new Uint8Array(offered.manifest), 200, headers);
  });
  app.get("/v2/library/python/blobs/:digest", async (context) => {
    const digest = context.req.param("digest");
    const file = DIGEST.test(digest) ? offered?.blob(digest) : undefined;
    const size = file && (await stat(file).catch(() => undefined))?.size;
    if (!file || size === undefined) return unknown(context, "BLOB_UNKNOWN");
    const headers = { "Content-Length": String(size), "Docker-Content-Digest": digest };
    return context.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, headers);
  });
  app.notFound((context) => unknown(context, "NAME_UNKNOWN"));

  const record = join(stateDir, "mirror.json");
  const before = await readJsonFile(record, recordSchema);
  const listener = await listenOnFree(before?.port, (port) => listen("the mirror of Docker Hub", port));
  await writeFile(record, JSON.stringify({ port: listener.port }));
  listener.serve(app.fetch);
  return {
    address: new URL(listener.baseUrl).host,
    offer: (image) => {
      offered = image;
    },
    close: listener.close,
  };
}

/** The error body of the "OCI Distribution Specification". */
function unknown(context: Context, code: string) {
  return context.json({ errors: [{ code, message: "not known to this mirror" }] }, 404);
}
